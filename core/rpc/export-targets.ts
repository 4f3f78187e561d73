/** What the targets are called, also for a page, which does not write them itself. */
export const TARGET_WORDS = [
  {
    name: 'bundle',
    label: 'Tracebench bundle (.tracebundle)',
    says: 'Everything, with notes, findings and checksums, in one file for another Tracebench.',
  },
  {
    name: 'openai-agents',
    label: 'OpenAI Agents (.jsonl)',
    says: 'Every record, one a line. Imports again here and wherever the SDK’s own items are read.',
  },
  {
    name: 'otlp',
    label: 'OTLP JSON (.jsonl)',
    says: 'OpenTelemetry, one body a line: for a collector or another backend.',
  },
  {
    name: 'chrome',
    label: 'Chrome trace events (.json)',
    says: 'A timeline for Perfetto or chrome://tracing.',
  },
  {
    name: 'csv-spans',
    label: 'CSV of spans',
    says: 'One row a span with times, names and tokens, for a spreadsheet. No inputs and outputs.',
  },
  {
    name: 'csv-traces',
    label: 'CSV of traces',
    says: 'One row a trace: the columns of the library, for a spreadsheet.',
  },
  {
    name: 'text',
    label: 'Indented text',
    says: 'One line a span, indented: for a ticket, a terminal, or a model that is asked about it.',
  },
] as const;

type TargetName = (typeof TARGET_WORDS)[number]['name'];

/** The words of one target. */
export function wordsOf(name: TargetName): { name: TargetName; label: string; says: string } {
  const found = TARGET_WORDS.find((words) => words.name === name);
  return { name, label: found?.label ?? name, says: found?.says ?? '' };
}
