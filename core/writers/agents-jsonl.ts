/** Records of the OpenAI Agents SDK, one a line in canonical JSON: the traces of a bundle without its wrapping. */
import { wordsOf } from '../rpc/export-targets.ts';
import { writeExactJson } from '../model/exact-json.ts';
import type { Chunk, ExportedTrace, ExportTarget } from './exported-trace.ts';
import { LossTally } from './losses.ts';

export const agentsJsonl: ExportTarget = {
  ...wordsOf('openai-agents'),
  extension: '.trace.jsonl',
  contentType: 'application/x-ndjson',
  readable: true,
  open: () => {
    const losses = new LossTally();
    return {
      losses: losses.counts,
      begin: () => [],
      *trace(trace) {
        if (trace.notes.length > 0) losses.add('notes');
        yield* writeRecordLines(trace);
      },
      end: () => [],
    };
  },
};

/** All records of a trace, each in a line of its own: those of the trace, then those of its spans. */
export function* writeRecordLines({ records, walkSpans }: ExportedTrace): Generator<Chunk> {
  for (const record of records) yield `${writeExactJson(record)}\n`;
  for (const span of walkSpans()) {
    for (const record of span.records) yield `${writeExactJson(record)}\n`;
  }
}
