/**
 * Opens the library of a journal. What is older is brought up step by step or forgotten, to be pulled again;
 * what a newer Tracebench has written is left alone.
 */
import { Dexie } from 'dexie';
import {
  CONTENT_TABLES,
  LIBRARY_FORMAT,
  MIGRATIONS,
  tablesOf,
  type LibraryDatabase,
  type Migration,
  type StoredState,
} from './library-database.ts';

export interface OpenLibraryParts {
  readonly journalId: string;
  /** The browser's, or a test's. */
  readonly indexedDB: IDBFactory;
  readonly IDBKeyRange: typeof IDBKeyRange;
  /** Another schema than this version's own: for tests of the way up. */
  readonly migrations?: readonly Migration[];
}

export type OpenedLibrary =
  | { readonly kind: 'open'; readonly library: LibraryDatabase; readonly state: StoredState }
  /** Written by a newer version: nothing was changed. */
  | { readonly kind: 'newer' };

/** Native version numbers of Dexie are ten times its own. */
const NATIVE = 10;

/** A data directory of its own is a library of its own. */
export function libraryName(journalId: string): string {
  return `tracebench-${journalId}`;
}

/** Rejects where the browser has no room, no permission or a broken store: with the browser's error. */
export async function openLibrary(parts: OpenLibraryParts): Promise<OpenedLibrary> {
  const { journalId, indexedDB, migrations = MIGRATIONS } = parts;
  const name = libraryName(journalId);
  const newest = migrations.at(-1)?.version ?? 0;
  // Dexie would adapt to a newer schema in silence, and write into it.
  const installed = (await indexedDB.databases()).find((each) => each.name === name)?.version ?? 0;
  if (Math.floor(installed / NATIVE) > newest) return { kind: 'newer' };
  const dexie = new Dexie(name, {
    indexedDB,
    IDBKeyRange: parts.IDBKeyRange,
    // A commit that is not flushed dies with a browser that is killed, and the whole is pulled again.
    chromeTransactionDurability: 'strict',
    cache: 'disabled',
  });
  for (const migration of migrations) declare(dexie, migration);
  await dexie.open();
  const library = tablesOf(dexie);
  const known = await library.meta.get('state');
  if (known !== undefined && known.format > LIBRARY_FORMAT) {
    dexie.close();
    return { kind: 'newer' };
  }
  const fits = known?.format === LIBRARY_FORMAT && known.journalId === journalId;
  return { kind: 'open', library, state: fits ? known : await clearLibrary(library, journalId) };
}

/** Forgets everything that the host can tell again. */
export async function clearLibrary(library: LibraryDatabase, journalId: string): Promise<StoredState> {
  const tables = CONTENT_TABLES.map((name) => library.dexie.table(name));
  return await library.dexie.transaction('rw', tables, async () => {
    const before = await library.meta.get('state');
    for (const table of tables) await table.clear();
    // Goes on, so that whoever follows sees that it moved.
    const version = (before?.version ?? 0) + 1;
    const state: StoredState = {
      key: 'state',
      journalId,
      format: LIBRARY_FORMAT,
      version,
      clearedAt: version,
      cursor: undefined,
      whole: false,
    };
    await library.meta.put(state);
    return state;
  });
}

function declare(dexie: Dexie, { version, tables, rebuilds }: Migration): void {
  const declared = dexie.version(version).stores(tables);
  if (!rebuilds) return;
  declared.upgrade(async (transaction) => {
    for (const name of CONTENT_TABLES) await transaction.table(name).clear();
  });
}
