/** The real files of a journal, with a disk that fails when a test says so. */
import type { JournalFiles, WritableSegment } from '../../../../electron/host/journal/journal-files.ts';

export type Fault = 'write' | 'half-write' | 'datasync' | 'create' | 'syncDirectory' | 'replace';

export interface FaultyFiles extends JournalFiles {
  /** Lets every call of this kind fail from now on, with the system's code; undefined: all work again. */
  failOn(fault: Fault | undefined, code?: string): void;
  /** Lets only the nth call that changes the disk fail, counted from 1 and from now. */
  failOnCall(n: number): void;
  /** Calls of `datasync` so far. */
  readonly syncs: number;
}

export function makeFaultyFiles(files: JournalFiles): FaultyFiles {
  let fault: Fault | undefined;
  let code = 'EIO';
  let countdown = Infinity;
  let syncs = 0;
  const check = (kind: Fault): void => {
    countdown--;
    if (countdown === 0 || fault === kind) throw systemError(code);
  };
  const wrap = (segment: WritableSegment): WritableSegment => ({
    write: async (parts, position) => {
      if (fault === 'half-write') {
        const all = Buffer.concat([...parts]);
        await segment.write([all.subarray(0, all.length >> 1)], position);
        throw systemError(code);
      }
      check('write');
      await segment.write(parts, position);
    },
    datasync: async () => {
      syncs++;
      check('datasync');
      await segment.datasync();
    },
    close: () => segment.close(),
  });
  return {
    ...files,
    create: async (name) => {
      check('create');
      return wrap(await files.create(name));
    },
    open: async (name) => wrap(await files.open(name)),
    replace: async (name, bytes) => {
      check('replace');
      await files.replace(name, bytes);
    },
    syncDirectory: async () => {
      check('syncDirectory');
      await files.syncDirectory();
    },
    failOn: (next, nextCode = 'EIO') => {
      fault = next;
      code = nextCode;
    },
    failOnCall: (n) => {
      countdown = n;
    },
    get syncs() {
      return syncs;
    },
  };
}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: made by the test`), { code });
}
