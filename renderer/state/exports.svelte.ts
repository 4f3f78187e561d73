/** Exports of the page: what would leave, the file that the browser saves, and how far it is. */
import { isJsonObject, objectAt, stringAt, type Json } from '../../core/model/json.ts';
import type { ExportPreview, ExportState, ExportWish } from '../../core/rpc/export.ts';
import type { SavedView } from '../../core/store/library-database.ts';
import type { Library } from './library.svelte.ts';
import type { Link } from './link.svelte.ts';

/** What a person is asked about. */
export interface ExportQuestion {
  readonly traceIds: readonly string[];
  /** As the sentence says it: `this trace`, `3 traces`. */
  readonly name: string;
}

const WATCH_EVERY_MS = 300;

export class Exports {
  question: ExportQuestion | undefined = $state.raw();
  /** Where the running export stands; undefined while none was asked for. */
  state: ExportState | undefined = $state.raw();
  readonly #link: Link;
  readonly #views: () => readonly SavedView[];
  #path: string | undefined;
  #watching: ReturnType<typeof setTimeout> | undefined;

  constructor(link: Link, views: () => readonly SavedView[]) {
    this.#link = link;
    this.#views = views;
  }

  ask(question: ExportQuestion): void {
    this.state = undefined;
    this.question = question;
  }

  /** Asks about the traces that are chosen in the list. */
  async askForChosen(library: Library): Promise<void> {
    const traceIds = await library.selectedIds();
    const name = traceIds.length === 1 ? 'the chosen trace' : `the ${String(traceIds.length)} chosen traces`;
    if (traceIds.length > 0) this.ask({ traceIds, name });
  }

  /** The dialog is closed; a file that is being saved goes on. */
  close(): void {
    this.question = undefined;
    clearTimeout(this.#watching);
  }

  /** Rejects with a sentence for a person. */
  async preview(traceIds: readonly string[], rules: readonly string[]): Promise<ExportPreview> {
    const answer = await this.#post({ traceIds, to: 'bundle', rules, views: [] }, true);
    // The host's own answer: it has this shape by the contract.
    return answer as unknown as ExportPreview;
  }

  /** Has the browser save the file; resolves when that has begun. Rejects with a sentence for a person. */
  async save(traceIds: readonly string[], to: string, rules: readonly string[]): Promise<void> {
    const views =
      to === 'bundle' && rules.length === 0 ? this.#views().map((view): Json => toJson(view)) : [];
    const answer = await this.#post({ traceIds, to, rules, views }, false);
    const path = isJsonObject(answer) ? stringAt(answer, 'path') : undefined;
    if (path === undefined) throw new Error('The host would not export these traces.');
    this.#path = path;
    const download = document.createElement('a');
    download.href = path;
    download.download = '';
    download.click();
    await this.#watch(path);
  }

  async cancel(): Promise<void> {
    if (this.#path !== undefined) this.state = await tellState(`${this.#path}/cancel`, 'POST');
  }

  async #watch(path: string): Promise<void> {
    this.state = await tellState(`${path}/state`, 'GET');
    clearTimeout(this.#watching);
    const isRunning = this.state?.phase === 'waiting' || this.state?.phase === 'running';
    if (!isRunning || this.question === undefined) return;
    this.#watching = setTimeout(() => void this.#watch(path), WATCH_EVERY_MS);
  }

  async #post({ traceIds, ...wish }: ExportWish, preview: boolean): Promise<Json> {
    let answer: Json;
    let ok: boolean;
    try {
      const response = await fetch('/export', {
        method: 'POST',
        headers: { authorization: `Bearer ${this.#link.token ?? ''}`, 'content-type': 'text/plain' },
        body: [{ ...wish, preview }, ...traceIds].map((value) => JSON.stringify(value)).join('\n'),
      });
      ok = response.ok;
      answer = (await response.json()) as Json;
    } catch {
      throw new Error('The host could not be reached. Nothing was saved; try again when it answers.');
    }
    if (ok) return answer;
    const error = isJsonObject(answer) ? objectAt(answer, 'error') : undefined;
    throw new Error((error && stringAt(error, 'message')) ?? 'The host would not export these traces.');
  }
}

/** Undefined where the host is away; the file goes on or breaks off without us. */
async function tellState(path: string, method: 'GET' | 'POST'): Promise<ExportState | undefined> {
  try {
    const response = await fetch(path, { method });
    return response.ok ? ((await response.json()) as ExportState) : undefined;
  } catch {
    // Only fetch throws here: the link notice says already that the host is away.
    return undefined;
  }
}

function toJson(view: SavedView): Json {
  return JSON.parse(JSON.stringify(view)) as Json;
}
