/** What MLflow says of a trace itself: its name, session, user and tags; the rest is kept as it came. */
import { objectAt, stringAt, type Json, type JsonObject } from '../../model/json.ts';
import type { SaidOfTrace } from '../foreign/span-converter.ts';
import { some } from '../genai/some.ts';
import { readOtelTraceId } from './read-span.ts';

/** `trace_id` since version 3, `request_id` before. */
function idAt(info: JsonObject): string | undefined {
  return stringAt(info, 'trace_id') ?? stringAt(info, 'request_id');
}

/** OpenTelemetry's id, which the spans carry as well. */
export function traceIdOf(info: JsonObject): string | undefined {
  return readOtelTraceId(idAt(info));
}

export function readInfo(info: JsonObject): SaidOfTrace {
  const tags = objectAt(info, 'tags') ?? {};
  const kept = objectAt(info, 'trace_metadata') ?? objectAt(info, 'request_metadata') ?? {};
  const name = stringAt(tags, 'mlflow.traceName');
  const group = stringAt(kept, 'mlflow.trace.session');
  const metadata: JsonObject = {
    ...ownOf(kept),
    ...ownOf(tags),
    ...some({ user_id: stringAt(kept, 'mlflow.trace.user'), mlflow_trace_id: idAt(info) }),
  };
  return {
    ...(name !== undefined && { name }),
    ...(group !== undefined && { group }),
    metadata,
    extra: { info },
  };
}

/** What the program said: MLflow's own entries tell where it ran, and repeat what its spans say. */
function ownOf(entries: JsonObject): { readonly [key: string]: Json } {
  return Object.fromEntries(Object.entries(entries).filter(([key]) => !key.startsWith('mlflow.')));
}
