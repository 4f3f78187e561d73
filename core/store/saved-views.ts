/** Filters and orders of the library under names that the user gave. They stay in this browser. */
import type { LibraryDatabase, SavedView } from './library-database.ts';

/** A name that is taken is given its new meaning. Names differ by more than case and space. */
export async function saveView(library: LibraryDatabase, view: SavedView): Promise<void> {
  const { dexie, views } = library;
  await dexie.transaction('rw', views, async () => {
    const known = await views.toArray();
    const same = known.filter(({ name }) => nameKey(name) === nameKey(view.name));
    await views.bulkDelete(same.map(({ id }) => id));
    await views.put(view);
  });
}

export async function removeView(library: LibraryDatabase, id: string): Promise<void> {
  await library.views.delete(id);
}

/** By name. */
export async function listViews(library: LibraryDatabase): Promise<readonly SavedView[]> {
  const views = await library.views.toArray();
  return views.sort((a, b) => (nameKey(a.name) < nameKey(b.name) ? -1 : 1));
}

function nameKey(name: string): string {
  return name.trim().toLowerCase();
}
