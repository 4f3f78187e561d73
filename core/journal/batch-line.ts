/**
 * The line that opens a batch in a block: when, how and from where the records behind it came. Whoever
 * reads the journal again reads each record with the same format and the same times as the first time.
 */
import { isJsonObject, numberAt, objectAt, stringAt } from '../model/json.ts';
import type { EpochUs } from '../model/time.ts';

export const BATCH_WAYS = ['ingest', 'events', 'import'] as const;
export type BatchWay = (typeof BATCH_WAYS)[number];

export interface BatchContext {
  /** Host's clock when the batch was received. */
  readonly at: EpochUs;
  readonly via: BatchWay;
  /** `live`, or the name of the file. */
  readonly origin: string;
  /** Name of the record format in the registry. */
  readonly format: string;
  /** How many lines follow that belong to the batch. */
  readonly records: number;
}

const ENCODER = new TextEncoder();

export function encodeBatchLine({ at, via, origin, format, records }: BatchContext): Uint8Array {
  return ENCODER.encode(`${JSON.stringify({ $batch: { at, via, origin, format, records } })}\n`);
}

/** The context of a parsed journal line, or undefined where the line is a record. */
export function readBatchLine(line: unknown): BatchContext | undefined {
  if (!isJsonObject(line)) return undefined;
  const batch = objectAt(line, '$batch');
  if (batch === undefined) return undefined;
  const at = numberAt(batch, 'at');
  const records = numberAt(batch, 'records');
  const via = BATCH_WAYS.find((way) => way === stringAt(batch, 'via'));
  if (at === undefined || records === undefined || via === undefined) return undefined;
  return {
    at,
    via,
    records,
    origin: stringAt(batch, 'origin') ?? '',
    format: stringAt(batch, 'format') ?? '',
  };
}
