/**
 * What a span's record says of its cost, its first token and the way its cache was counted. A recorded cost is
 * the word of the tool that wrote the trace: it is shown beside any estimate of ours and never mixed with it.
 */
import type { CacheAccounting } from '../model/cache-accounting.ts';
import { numberAt, objectAt, stringAt, type JsonObject } from '../model/json.ts';
import { readIsoUs, type DurationMs } from '../model/time.ts';

export interface RecordedFacts {
  readonly cost?: RecordedCost;
  /** From the span's start to its first token, or the first sound of speech. */
  readonly firstTokenMs?: DurationMs;
  readonly accounting?: CacheAccounting;
}

export interface RecordedCost {
  readonly usd: number;
  /** The attribute that says it, such as `llm.cost.total`; empty where it is not known. */
  readonly from: string;
}

/** `record` is a span's merged record (`SpanDetail.record`), which nobody has checked. */
export function readRecordedFacts(record: JsonObject): RecordedFacts {
  const data = objectAt(record, 'span_data') ?? {};
  const cost = readCost(data);
  const firstTokenMs = readFirstToken(record, data);
  const accounting = readAccounting(objectAt(record, 'origin') ?? {});
  return {
    ...(cost !== undefined && { cost }),
    ...(firstTokenMs !== undefined && { firstTokenMs }),
    ...(accounting !== undefined && { accounting }),
  };
}

function readCost(data: JsonObject): RecordedCost | undefined {
  const said = objectAt(data, 'recorded_cost') ?? objectAt(objectAt(data, 'data') ?? {}, 'recorded_cost');
  const usd = said && numberAt(said, 'total');
  if (said === undefined || usd === undefined || usd < 0) return undefined;
  return { usd, from: stringAt(said, 'from') ?? '' };
}

function readFirstToken(record: JsonObject, data: JsonObject): DurationMs | undefined {
  const said = numberAt(data, 'time_to_first_token_ms');
  if (said !== undefined) return said < 0 ? undefined : said;
  const waitedUs =
    readIsoUs(stringAt(data, 'first_content_at') ?? '') - readIsoUs(stringAt(record, 'started_at') ?? '');
  return waitedUs >= 0 ? waitedUs / 1000 : undefined;
}

function readAccounting(origin: JsonObject): CacheAccounting | undefined {
  const said = objectAt(origin, 'accounting');
  const mode = said && stringAt(said, 'mode');
  if (said === undefined || (mode !== 'inclusive' && mode !== 'exclusive')) return undefined;
  return { mode, reason: stringAt(said, 'reason') ?? '' };
}
