/** What an export would withhold, by rule, with one span before and after. Looks at the first records only. */
import { writeExactJson } from '../../../core/model/exact-json.ts';
import type { JsonObject } from '../../../core/model/json.ts';
import type { ExportPreview, ExportWish } from '../../../core/rpc/export.ts';
import { sanitiserOf } from './export-run.ts';
import { ExportedTraces, type ExportSource } from './exported-traces.ts';

/** Read in well under a second. */
const MOST_SPANS = 2000;
/** Nor are more bytes of records looked at, but for the last. */
const MOST_LOOKED_CHARACTERS = 8_000_000;
const SLICE_MS = 10;
/** Of a sample, as JSON: a person looks at it. */
const MOST_CHARACTERS = 200_000;

export async function previewExport(source: ExportSource, wish: ExportWish): Promise<ExportPreview> {
  const kept = new ExportedTraces(source, undefined);
  const leaving = new ExportedTraces(source, sanitiserOf(wish), MOST_SPANS);
  let looked = 0;
  let spans = 0;
  let characters = 0;
  let beganMs = performance.now();
  let sample: ExportPreview['sample'] = null;
  const isEnough = (): boolean => spans >= MOST_SPANS || characters >= MOST_LOOKED_CHARACTERS;
  const before = kept.walk(wish.traceIds);
  for (const trace of leaving.walk(wish.traceIds)) {
    if (performance.now() - beganMs >= SLICE_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      beganMs = performance.now();
    }
    if (trace === undefined) continue;
    const own = before.next();
    const originals = own.done === true ? [] : (own.value?.walkSpans() ?? []);
    const walk = originals[Symbol.iterator]();
    for (const span of trace.walkSpans()) {
      const original = walk.next();
      const was = original.done === true ? undefined : original.value.records[0];
      sample = choose(sample, was, span.records[0]);
      spans++;
      characters += was === undefined ? 0 : writeExactJson(was).length;
      if (isEnough()) break;
    }
    looked++;
    if (isEnough()) break;
  }
  return { traces: wish.traceIds.length, looked, spans, withheld: leaving.withheld?.counts() ?? [], sample };
}

/** The span that loses most of those that a person can read. */
function choose(
  sample: ExportPreview['sample'],
  before: JsonObject | undefined,
  after: JsonObject | undefined,
): ExportPreview['sample'] {
  if (before === undefined || after === undefined) return sample;
  const loss = lossOf({ before, after });
  const isShown = writeExactJson(before).length <= MOST_CHARACTERS;
  return isShown && loss > (sample === null ? 0 : lossOf(sample)) ? { before, after } : sample;
}

function lossOf({ before, after }: { readonly before: JsonObject; readonly after: JsonObject }): number {
  return writeExactJson(before) === writeExactJson(after)
    ? 0
    : Math.max(writeExactJson(before).length - writeExactJson(after).length, 1);
}
