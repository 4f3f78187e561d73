/**
 * All reports of one span as one full record, by the rule of `foldSpans`: ended beats open, the processor's
 * beats the exporter's, the larger canonical JSON wins, and a field that the winner lacks comes from the next.
 */
import { canonicalJson, type Json, type JsonObject } from './json.ts';

/** One report: the exporter's item itself, or a live event with the item inside. */
export interface SpanReport {
  readonly item: JsonObject;
  /** The item's span_data, with what a processor sent beside it. */
  readonly data: JsonObject;
  /** `reportRank` of its flags. */
  readonly rank: number;
}

/** The merged record in the SDK's shape, and whether reports of equal rank differed. */
export interface MergedRecord {
  readonly record: JsonObject;
  readonly conflict: boolean;
}

export function mergeSpanRecords(reports: readonly SpanReport[]): MergedRecord {
  let conflict = false;
  const texts = new Map(reports.map((report) => [report, reportText(report)]));
  const ordered = reports.toSorted((a, b) => {
    if (a.rank !== b.rank) return b.rank - a.rank;
    const order = compareTexts(texts.get(b) ?? '', texts.get(a) ?? '');
    if (order !== 0) conflict = true;
    return order;
  });
  const record = overlay(ordered.map(({ item }) => item));
  const data = overlay(ordered.map((report) => report.data));
  return { record: { ...record, span_data: data }, conflict };
}

/** The text by which two reports of equal rank are ordered. */
export function reportText({ item, data }: Pick<SpanReport, 'item' | 'data'>): string {
  return canonicalJson({ ...item, span_data: data });
}

/** Orders two texts by UTF-16 code unit. */
export function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The first object, and every field that it lacks (absent or null) from the next that has it. */
function overlay(objects: readonly JsonObject[]): JsonObject {
  const fields = new Map<string, Json>();
  for (const object of objects) {
    for (const [key, value] of Object.entries(object)) {
      const known = fields.get(key);
      if (known === undefined || known === null) fields.set(key, value);
    }
  }
  return Object.fromEntries(fields);
}
