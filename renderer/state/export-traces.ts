/** Saves the chosen traces as a file: asked for with the token, then fetched by the browser like any download. */
import { isJsonObject, objectAt, stringAt } from '../../core/model/json.ts';
import type { Library } from './library.svelte.ts';
import type { Link } from './link.svelte.ts';

/** Rejects with a sentence for a person. */
export async function exportTraces(library: Library, link: Link): Promise<void> {
  const ids = await library.selectedIds();
  const address = await prepareExport(ids, link.token ?? '');
  const download = document.createElement('a');
  download.href = address;
  download.download = '';
  download.click();
}

async function prepareExport(ids: readonly string[], token: string): Promise<string> {
  let answer: unknown;
  try {
    const response = await fetch('/export', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain' },
      body: ids.map((id) => JSON.stringify(id)).join('\n'),
    });
    answer = await response.json();
  } catch {
    throw new Error('The host could not be reached. Nothing was saved; try again when it answers.');
  }
  const path = isJsonObject(answer) ? stringAt(answer, 'path') : undefined;
  if (path !== undefined) return path;
  const error = isJsonObject(answer) ? objectAt(answer, 'error') : undefined;
  throw new Error((error && stringAt(error, 'message')) ?? 'The host would not export these traces.');
}
