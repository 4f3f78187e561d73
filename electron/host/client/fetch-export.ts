/** Exports of a running host: asked for with the token, then fetched, and watched by the same address. */
import { isJsonObject, stringAt, type Json } from '../../../core/model/json.ts';
import type { ExportPreview, ExportState, ExportWish } from '../../../core/rpc/export.ts';
import { writeWish } from '../export/read-wish.ts';
import { EXPORT_PATH } from '../export/serve-export.ts';
import type { HostAddress } from './host-connection.ts';
import { HostUnreachableError } from './host-unreachable.ts';
import type { ExportedFile } from './trace-source.ts';

/** Rejects with HostUnreachableError; undefined where the host knows none of the traces. */
export async function fetchExport(address: HostAddress, wish: ExportWish): Promise<ExportedFile | undefined> {
  const answer = await ask(address, wish, false);
  if (answer === undefined) return undefined;
  const { ui } = address;
  const path = isJsonObject(answer) ? stringAt(answer, 'path') : undefined;
  if (path === undefined) throw new HostUnreachableError(ui);
  const file = await reach(ui, path, {});
  if (!file.ok || file.body === null) throw new HostUnreachableError(ui);
  const unknown = isJsonObject(answer) && Array.isArray(answer['unknown']) ? answer['unknown'] : [];
  return {
    chunks: file.body,
    unknown: unknown.filter((id) => typeof id === 'string'),
    state: async () => (await (await reach(ui, `${path}/state`, {})).json()) as ExportState,
  };
}

/** What would leave. Undefined where the host knows none of the traces. */
export async function fetchPreview(
  address: HostAddress,
  wish: ExportWish,
): Promise<ExportPreview | undefined> {
  return (await ask(address, wish, true)) as ExportPreview | undefined;
}

async function ask({ ui, token }: HostAddress, wish: ExportWish, preview: boolean): Promise<unknown> {
  const asked = await reach(ui, EXPORT_PATH, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: writeWish({ ...wish, preview }),
  });
  if (asked.status === 404) return undefined;
  if (!asked.ok) throw new HostUnreachableError(ui);
  return (await asked.json()) as Json;
}

async function reach(ui: string, path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(new URL(path, ui), request);
  } catch {
    throw new HostUnreachableError(ui);
  }
}
