/** A time that a format writes in ISO 8601, with microseconds at most: what Python's own types can hold. */
import type { Json } from '../../model/json.ts';
import { readIsoUs } from '../../model/time.ts';
import type { FineTime } from '../genai/fine-time.ts';

/** undefined where it is no time: an end that is not said is still to come. */
export function readIsoFine(value: Json | undefined): FineTime | undefined {
  const us = typeof value === 'string' ? readIsoUs(value) : Number.NaN;
  return Number.isNaN(us) ? undefined : { us, restNs: 0 };
}
