/** The one catalogue of what the completeness check says: code, severity, its sentence, and how to trace better. */
import { MAX_FINDING_SPANS, type Finding } from '../model/finding.ts';
import type { Severity } from '../model/diagnostic.ts';
import { countText } from './count-text.ts';

interface Words {
  readonly severity: Severity;
  /** One sentence; `count` of `of` spans, both written out with what they are. */
  readonly say: (count: number, of: number) => string;
  readonly advice: string;
}

const spans = (count: number): string => countText(count, 'span');
const calls = (count: number): string => countText(count, 'call of a model', 'calls of a model');
/** `1 span says`, `2 spans say`. */
const verb = (count: number, one: string, many: string): string => (count === 1 ? one : many);

const WHOLE_TRACING =
  'Trace with the WorkbenchProcessor (see Connect): it sees what the SDK leaves out of its export.';

const CATALOGUE = {
  'no-spans': {
    severity: 'warning',
    say: () => 'The trace was announced, and no span of it came.',
    advice: 'Flush the exporter before the program ends, and see whether its spans go elsewhere.',
  },
  'no-usage': {
    severity: 'warning',
    say: (n, of) => `${String(n)} of ${calls(of)} ${verb(n, 'says', 'say')} no tokens, so sums are too low.`,
    advice: WHOLE_TRACING,
  },
  'no-usage-but-sum': {
    severity: 'info',
    say: (n, of) =>
      `${String(n)} of ${calls(of)} ${verb(n, 'says', 'say')} no tokens; the sum is that of the run or its turns.`,
    advice: WHOLE_TRACING,
  },
  'no-model': {
    severity: 'info',
    say: (n, of) => `${String(n)} of ${calls(of)} ${verb(n, 'names', 'name')} no model, so no cost is known.`,
    advice: WHOLE_TRACING,
  },
  'odd-usage': {
    severity: 'warning',
    say: (n) => `${spans(n)} ${verb(n, 'says', 'say')} tokens that do not add up.`,
    advice:
      'Cached tokens are part of the input and reasoning tokens part of the output; see how they are read.',
  },
  'repeated-usage': {
    severity: 'info',
    say: (n) => `${spans(n)} ${verb(n, 'repeats', 'repeat')} tokens of others; they were counted once.`,
    advice: 'Nothing needs to be done: runs, turns, agents and chains carry the sum of what they hold.',
  },
  truncated: {
    severity: 'warning',
    say: (n) =>
      `${spans(n)} ${verb(n, 'was', 'were')} cut short by the exporter: input or output is not whole.`,
    advice:
      'The SDK cuts at 100,000 bytes what it exports; a tracing processor sees all of it (see Connect).',
  },
  orphans: {
    severity: 'warning',
    say: (n) => `${spans(n)} ${verb(n, 'names', 'name')} a parent that never came.`,
    advice: 'Flush the exporter before the program ends, and send all processes of a run to the same place.',
  },
  'parent-cycle': {
    severity: 'warning',
    say: (n) =>
      `${countText(n, 'circle')} of spans that are each other's parents ${verb(n, 'was', 'were')} cut.`,
    advice: 'Give each span an id of its own; two libraries may use the same ids.',
  },
  'open-spans': {
    severity: 'warning',
    say: (n) => `${spans(n)} never ended.`,
    advice: 'End spans in a finally block, and flush the exporter before the program ends.',
  },
  'no-time': {
    severity: 'warning',
    say: (n) => `${spans(n)} ${verb(n, 'has', 'have')} no readable start or end; no duration is known.`,
    advice: 'Write times as ISO 8601 with a zone, such as 2026-01-31T12:00:00.000Z.',
  },
  'negative-duration': {
    severity: 'warning',
    say: (n) =>
      `${spans(n)} ended before ${verb(n, 'it', 'they')} began, and ${verb(n, 'is', 'are')} drawn without a length.`,
    advice: 'Take start and end from the same clock, one that is never set back.',
  },
  'starts-before-parent': {
    severity: 'warning',
    say: (n) => `${spans(n)} began before ${verb(n, 'its parent', 'their parents')}: clocks differ.`,
    advice: 'Synchronise the clocks of the machines that take part.',
  },
  'outlasts-parent': {
    severity: 'info',
    say: (n) => `${spans(n)} ended after ${verb(n, 'its parent', 'their parents')}.`,
    advice: 'Asynchronous work does so; else wait for it, or clocks differ.',
  },
  'span-conflict': {
    severity: 'warning',
    say: (n) => `${spans(n)} ${verb(n, 'was', 'were')} reported several times with different contents.`,
    advice: 'Use one exporter or processor a program, and an id a span.',
  },
  'plain-names': {
    severity: 'info',
    say: (n) =>
      `${spans(n)} ${verb(n, 'has a name that says', 'have names that say')} nothing, such as "llm" or "span".`,
    advice: 'Name agents, tools and custom spans after what they do.',
  },
  'plain-workflow': {
    severity: 'info',
    say: () => 'The trace has no workflow name of its own.',
    advice: 'Give the run a workflow_name: lists and filters go by it.',
  },
  'no-metadata': {
    severity: 'info',
    say: () => 'The trace has neither a group nor metadata.',
    advice:
      'Give runs of one conversation the same group_id, and put into metadata what you will search for.',
  },
  'tiny-spans': {
    severity: 'info',
    say: (n) => `${spans(n)} of kind custom took less than a millisecond: they cost more than they tell.`,
    advice: 'Trace what waits or decides, not each step of a loop.',
  },
} as const satisfies Record<string, Words>;

export type CompletenessCode = keyof typeof CATALOGUE;

const BY = 'completeness';

/** The finding of a code; `of`: among how many. */
export function makeFinding(
  code: CompletenessCode,
  spanIds: readonly string[],
  count: number,
  of = count,
): Finding {
  const { severity, say, advice }: Words = CATALOGUE[code];
  return {
    by: BY,
    code,
    severity,
    message: say(count, of),
    advice,
    spanIds: spanIds.slice(0, MAX_FINDING_SPANS),
    count,
  };
}
