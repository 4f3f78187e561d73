/** One event as one line of the body that `/v1/events` takes. */
import { writeSafeJson } from './safe-json.ts';
import type { TraceEvent } from './trace-event.ts';

/**
 * The item and the private parts become JSON each on its own, so that a huge input never costs the span its id
 * or its times. Never throws.
 */
export function writeEventLine({ event, at, item, raw_type, private_span_data }: TraceEvent): string {
  const rawType = raw_type === undefined ? '' : `,"raw_type":${JSON.stringify(raw_type)}`;
  const priv =
    private_span_data === undefined ? '' : `,"private_span_data":${writeSafeJson(private_span_data)}`;
  return `{"event":"${event}","at":"${at}","item":${writeSafeJson(item)}${rawType}${priv}}`;
}
