/** The floor table of ARCHITECTURE.md, read from that very page so that the page cannot lie. */
import { packageOf, readText, type Import } from './source-tree.ts';

/** One row: a room, the rooms it may import, the packages it may import. `*` stands for one folder. */
export interface Floor {
  readonly room: string;
  readonly rooms: readonly string[];
  readonly packages: readonly string[];
}

const HEAD = '| Room | May import | Packages |';

export function readFloorTable(): Floor[] {
  const lines = readText('ARCHITECTURE.md').split('\n');
  const head = lines.findIndex((line) => line.startsWith('| Room ') && squeeze(line) === HEAD);
  if (head < 0) throw new Error(`ARCHITECTURE.md has no table that begins with ${HEAD}`);
  const floors: Floor[] = [];
  for (const line of lines.slice(head + 2)) {
    const cells = line.split('|').map((cell) => cell.trim());
    if (cells.length < 5) break;
    const [, room = '', rooms = '', packages = ''] = cells;
    floors.push({ room: wordsOf(room)[0] ?? '', rooms: wordsOf(rooms), packages: wordsOf(packages) });
  }
  return floors;
}

/** The row that holds for a file: the one whose room is the longest beginning of its path. */
export function findFloor(floors: readonly Floor[], path: string): Floor | undefined {
  return floors
    .filter((floor) => folderIn(floor.room, path) !== undefined)
    .sort((a, b) => b.room.split('/').length - a.room.split('/').length)[0];
}

/** Why a file may not import something, or undefined when it may. */
export function judgeImport(floors: readonly Floor[], path: string, imported: Import): string | undefined {
  const floor = findFloor(floors, path);
  if (floor === undefined) return `${path} stands in no room of the floor table`;
  if (imported.path === undefined) {
    const name = packageOf(imported.name);
    const allowed = floor.packages.some(
      (word) => word === name || (word === 'node' && name.startsWith('node:')),
    );
    return allowed ? undefined : `${path} imports the package ${name}`;
  }
  const own = folderIn(floor.room, path);
  const isOwn = findFloor(floors, imported.path) === floor && folderIn(floor.room, imported.path) === own;
  const isBelow = floor.rooms.some((room) => folderIn(room, imported.path ?? '') !== undefined);
  return isOwn || isBelow ? undefined : `${path} imports ${imported.path}`;
}

/** The concrete folder of `room` that `path` stands in, or undefined. A room may also be one file. */
function folderIn(room: string, path: string): string | undefined {
  const wanted = room.split('/');
  const parts = path.split('/');
  if (wanted.length > parts.length) return undefined;
  return wanted.every((word, i) => word === '*' || word === parts[i])
    ? parts.slice(0, wanted.length).join('/')
    : undefined;
}

/** The words in backquotes of a cell. */
function wordsOf(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
}

function squeeze(line: string): string {
  return line.replace(/\s+/g, ' ').trim();
}
