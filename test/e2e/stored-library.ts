/** What a page's IndexedDB holds, read by the page itself without our code, and told apart from how it is stored. */
import type { Page } from '@playwright/test';
import { isJsonObject, type Json } from '../../core/model/json.ts';
import { decodeSpanTable } from '../../core/model/span-table-bytes.ts';
import type { FeedCursor } from '../../core/rpc/feed.ts';
import { rowTexts } from '../core/store/row-texts.ts';

export interface StoredLibrary {
  readonly rows: readonly string[];
  readonly summaries: readonly unknown[];
  /** Keys of the pages of each trace, by its id. */
  readonly pagesOf: Readonly<Record<string, readonly number[]>>;
  readonly cursor: FeedCursor | undefined;
  readonly whole: boolean;
}

interface RawLibrary {
  readonly pages: readonly { segment: number; page: number; from: number; bytes: string }[];
  readonly summaries: readonly { id: string; json: string; pages: number[] }[];
  readonly state: { readonly cursor?: FeedCursor; readonly whole: boolean } | undefined;
}

/** Names of the page's databases. */
export function databaseNames(page: Page): Promise<string[]> {
  return page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? '').sort());
}

/** Reads the library of a journal; undefined where there is none yet. */
export async function readStored(page: Page, name: string): Promise<StoredLibrary | undefined> {
  const raw: RawLibrary | undefined = await page.evaluate(readRaw, name);
  if (raw === undefined) return undefined;
  return {
    rows: raw.pages.flatMap(({ bytes, ...place }) =>
      rowTexts({ ...place, table: decodeSpanTable(Buffer.from(bytes, 'base64')) }),
    ),
    summaries: raw.summaries.map(({ json }) => parse(json)),
    pagesOf: Object.fromEntries(raw.summaries.map(({ id, pages }) => [id, pages])),
    cursor: raw.state?.cursor,
    whole: raw.state?.whole ?? false,
  };
}

/** The cursor alone: cheap enough to wait for. */
export async function readCursor(page: Page, name: string): Promise<FeedCursor | undefined> {
  return await page.evaluate(async (wanted) => {
    if (!(await indexedDB.databases()).some((each) => each.name === wanted)) return undefined;
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(wanted);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('not opened'));
    });
    try {
      if (!database.objectStoreNames.contains('meta')) return undefined;
      const request = database.transaction('meta').objectStore('meta').get('state');
      return await new Promise((resolve) => {
        request.onsuccess = () => resolve((request.result as { cursor?: never } | undefined)?.cursor);
      });
    } finally {
      database.close();
    }
  }, name);
}

/** All text in the page's databases, whatever table it is in: strings as they are, bytes as Latin-1. */
export function readAllText(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const textOf = (value: unknown): string =>
      value instanceof Uint8Array
        ? new TextDecoder('latin1').decode(value)
        : typeof value === 'object' && value !== null
          ? Object.entries(value).flat().map(textOf).join('\n')
          : String(value);
    const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('not read'));
      });
    const texts: string[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await answerOf(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const table = database.transaction(store).objectStore(store);
        texts.push(textOf(await answerOf(table.getAllKeys())), textOf(await answerOf(table.getAll())));
      }
      database.close();
    }
    return texts.join('\n');
  });
}

/** Runs in the page. */
async function readRaw(wanted: string): Promise<RawLibrary | undefined> {
  if (!(await indexedDB.databases()).some((each) => each.name === wanted)) return undefined;
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(wanted);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('not opened'));
  });
  const stores = database.transaction(['pages', 'summaries', 'meta']);
  const all = (name: string): Promise<never[]> =>
    new Promise((resolve) => {
      const request = stores.objectStore(name).getAll();
      request.onsuccess = () => resolve(request.result as never[]);
    });
  const [pages, summaries, meta] = await Promise.all([all('pages'), all('summaries'), all('meta')]);
  database.close();
  const toText = (bytes: Uint8Array): string => {
    let text = '';
    for (let i = 0; i < bytes.length; i += 30_000)
      text += String.fromCharCode(...bytes.subarray(i, i + 30_000));
    return btoa(text);
  };
  const parts = pages as { segment: number; page: number; from: number; bytes: Uint8Array }[];
  return {
    pages: parts.map(({ segment, page, from, bytes }) => ({ segment, page, from, bytes: toText(bytes) })),
    summaries,
    state: meta[0],
  };
}

function parse(json: string): Json {
  const value: unknown = JSON.parse(json);
  if (!isJsonObject(value)) throw new TypeError('a summary is an object');
  return value;
}
