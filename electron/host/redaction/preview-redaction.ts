/** A dry run of redaction over stored traces: counts by type and field, and a few texts before and after. */
import { createHmac, randomBytes } from 'node:crypto';
import type { Json } from '../../../core/model/json.ts';
import { isJsonList, isJsonObject } from '../../../core/model/json.ts';
import { readPolicy } from '../../../core/redact/read-policy.ts';
import { makeRecordRedactor } from '../../../core/redact/record-redactor.ts';
import { RedactionTally } from '../../../core/redact/redaction-report.ts';
import type { RedactionExample, RedactionPreview } from '../../../core/rpc/redaction.ts';
import { ExportedTraces, type ExportSource } from '../export/exported-traces.ts';

const MOST_RECORDS = 5_000;
const MOST_EXAMPLES = 20;
/** Others wait for the thread no longer than this. */
const SLICE_MS = 10;
const SHOWN = 60;

export async function previewRedaction(
  source: ExportSource,
  policy: Json,
  traceIds: readonly string[],
): Promise<RedactionPreview> {
  const read = readPolicy(policy);
  const tally = new RedactionTally();
  const examples: RedactionExample[] = [];
  let looked = 0;
  let records = 0;
  if (read.kind === 'policy') {
    const key = randomBytes(32);
    const redactor = makeRecordRedactor(read.policy, (text) =>
      createHmac('sha256', key).update(text).digest('hex'),
    );
    let beganMs = performance.now();
    for (const traceId of traceIds) {
      if (records >= MOST_RECORDS) break;
      looked++;
      for (const trace of new ExportedTraces(source, undefined).walk([traceId])) {
        for (const span of trace?.walkSpans() ?? []) {
          for (const record of span.records) {
            const redacted = redactor.redact(record);
            tally.add('preview', redacted);
            if (redacted.changed) addExamples(examples, traceId, record, redacted.value);
          }
          records += span.records.length;
          if (performance.now() - beganMs >= SLICE_MS) {
            await new Promise((resolve) => setImmediate(resolve));
            beganMs = performance.now();
          }
          if (records >= MOST_RECORDS) break;
        }
      }
    }
  }
  const report = tally.report();
  return {
    faults: read.kind === 'faults' ? read.faults : [],
    detectorVersion: report.detectorVersion,
    traces: traceIds.length,
    looked,
    records: report.records,
    changed: report.changed,
    byType: report.byType,
    places: report.places.map(({ path, type, count }) => ({ path, type, count })),
    examples,
  };
}

interface Pair {
  readonly path: readonly string[];
  readonly before: Json;
  readonly after: Json;
}

/** Walks both side by side; where a key itself was changed the values below it are not compared. */
function addExamples(into: RedactionExample[], traceId: string, before: Json, after: Json): void {
  const open: Pair[] = [{ path: [], before, after }];
  for (let pair = open.pop(); pair !== undefined && into.length < MOST_EXAMPLES; pair = open.pop()) {
    const { path, before: was, after: is } = pair;
    if (isJsonList(was) && isJsonList(is)) {
      was.forEach((child, i) => open.push({ path, before: child, after: is[i] ?? null }));
    } else if (isJsonObject(was) && isJsonObject(is)) {
      for (const [key, child] of Object.entries(was)) {
        if (Object.hasOwn(is, key))
          open.push({ path: [...path, key], before: child, after: is[key] ?? null });
      }
    } else if (was !== is) {
      into.push({ traceId, path: path.join('.'), ...cutAround(showText(was), showText(is)) });
    }
  }
}

function showText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What differs, with some characters on both sides. */
function cutAround(before: string, after: string): { readonly before: string; readonly after: string } {
  let same = 0;
  while (same < before.length && before.charCodeAt(same) === after.charCodeAt(same)) same++;
  const from = Math.max(0, same - SHOWN);
  const cut = (text: string): string =>
    `${from > 0 ? '…' : ''}${text.slice(from, same + SHOWN * 2)}${text.length > same + SHOWN * 2 ? '…' : ''}`;
  return { before: cut(before), after: cut(after) };
}
