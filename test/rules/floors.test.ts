/** Holds the floor table of ARCHITECTURE.md against every import of the tree. */
import { describe, expect, it } from 'vitest';
import { findFloor, judgeImport, readFloorTable, type Floor } from './floor-table.ts';
import { listFiles, readImports } from './source-tree.ts';

const floors = readFloorTable();
const sources = listFiles().filter((path) => path.includes('/') && /\.(ts|svelte|mjs)$/.test(path));

const without = (words: readonly string[], word: string): string[] => words.filter((each) => each !== word);

describe('the floor table', () => {
  it('has a row for every source file, and files for every row', () => {
    const used = new Set<Floor | undefined>(sources.map((path) => findFloor(floors, path)));
    expect(sources.filter((path) => findFloor(floors, path) === undefined)).toEqual([]);
    expect(floors.filter((floor) => !used.has(floor)).map((floor) => floor.room)).toEqual([]);
  });

  it('allows every import of the tree', () => {
    const wrong = sources
      .filter((path) => !path.startsWith('test/'))
      .flatMap((path) => readImports(path).map((imported) => judgeImport(floors, path, imported)))
      .filter((reason) => reason !== undefined);
    expect(wrong).toEqual([]);
  });

  it('allows nothing that no file uses', () => {
    const idle = floors.flatMap((floor) => {
      const inRoom = sources.filter((path) => findFloor(floors, path) === floor);
      const rest = (left: Partial<Floor>): Floor => ({ ...floor, ...left });
      const isNeeded = (less: Floor): boolean => {
        const table = floors.map((each) => (each === floor ? less : each));
        return inRoom.some((path) =>
          readImports(path).some((imported) => judgeImport(table, path, imported)),
        );
      };
      return [
        ...floor.rooms.map((room) => ({ name: room, less: rest({ rooms: without(floor.rooms, room) }) })),
        ...floor.packages.map((name) => ({ name, less: rest({ packages: without(floor.packages, name) }) })),
      ]
        .filter(({ less }) => !isNeeded(less))
        .map(({ name }) => `${floor.room} is allowed ${name}`);
    });
    expect(idle).toEqual([]);
  });

  it('keeps what runs before an install free of packages', () => {
    const early = [
      'paths',
      'node-version',
      'lock',
      'run',
      'packages',
      'build',
      'prepare',
      'start',
      'test',
      'serve-child',
    ];
    const wrong = early.flatMap((name) =>
      readImports(`scripts/${name}.mjs`)
        // A package that is asked for by `await import` after `prepare` is there by then.
        .filter(({ name: imported, path }) => path === undefined && !imported.startsWith('node:'))
        .map(({ name: imported }) => `scripts/${name}.mjs imports ${imported}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the judge of imports', () => {
  const table: Floor[] = [
    { room: 'core/model', rooms: [], packages: [] },
    { room: 'core/rpc', rooms: ['core/model'], packages: [] },
    { room: 'electron/host', rooms: ['core'], packages: ['node', 'ws'] },
    { room: 'electron', rooms: ['electron/host'], packages: ['electron'] },
    { room: 'renderer/panels/*', rooms: ['core/rpc'], packages: ['svelte'] },
  ];
  const judge = (from: string, to: string): string | undefined =>
    judgeImport(table, from, {
      name: to,
      path: to.includes('/') && !to.startsWith('node:') ? to : undefined,
    });

  it('lets a file import its own room and the rooms below', () => {
    expect(judge('core/model/a.ts', 'core/model/deep/b.ts')).toBeUndefined();
    expect(judge('core/rpc/a.ts', 'core/model/b.ts')).toBeUndefined();
    expect(judge('electron/host/door/a.ts', 'core/rpc/b.ts')).toBeUndefined();
    expect(judge('electron/main.ts', 'electron/host/b.ts')).toBeUndefined();
  });

  it('refuses the way up, the way across and a package that is not listed', () => {
    expect(judge('core/model/a.ts', 'core/rpc/b.ts')).toMatch(/imports core\/rpc/);
    expect(judge('electron/host/a.ts', 'electron/main.ts')).toMatch(/imports electron\/main/);
    expect(judge('renderer/panels/trace/a.ts', 'renderer/panels/library/b.ts')).toMatch(/imports renderer/);
    expect(judge('core/rpc/a.ts', 'node:fs')).toMatch(/package node:fs/);
    expect(judge('electron/host/a.ts', 'electron')).toMatch(/package electron/);
  });

  it('tells one panel from another and knows Node as one package', () => {
    expect(judge('renderer/panels/trace/a.ts', 'renderer/panels/trace/b.ts')).toBeUndefined();
    expect(judge('electron/host/a.ts', 'node:fs')).toBeUndefined();
  });
});
