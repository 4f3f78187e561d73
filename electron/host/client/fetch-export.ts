/** Traces from a running host as they were received: asked for with the token, then fetched. */
import { isJsonObject, stringAt, type Json } from '../../../core/model/json.ts';
import { EXPORT_PATH } from '../export/serve-export.ts';
import type { HostAddress } from './host-client.ts';
import { HostUnreachableError } from './host-unreachable.ts';
import type { ExportedTraces } from './trace-source.ts';

/** Rejects with HostUnreachableError; undefined where the host knows none of the traces. */
export async function fetchExport(
  { ui, token }: HostAddress,
  traceIds: readonly string[],
): Promise<ExportedTraces | undefined> {
  const asked = await reach(ui, EXPORT_PATH, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: traceIds.map((id) => JSON.stringify(id)).join('\n'),
  });
  if (asked.status === 404) return undefined;
  const answer = (await asked.json()) as Json;
  const path = isJsonObject(answer) ? stringAt(answer, 'path') : undefined;
  if (!asked.ok || path === undefined) throw new HostUnreachableError(ui);
  const file = await reach(ui, path, {});
  if (!file.ok || file.body === null) throw new HostUnreachableError(ui);
  const unknown = isJsonObject(answer) && Array.isArray(answer['unknown']) ? answer['unknown'] : [];
  return { lines: file.body, unknown: unknown.filter((id) => typeof id === 'string') };
}

async function reach(ui: string, path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(new URL(path, ui), request);
  } catch {
    throw new HostUnreachableError(ui);
  }
}
