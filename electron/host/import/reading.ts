/** Who reads files into stages: this thread, or another one, so that nobody who asks the host waits for it. */
import type { Readable } from 'node:stream';
import type { FileReport } from '../../../core/rpc/contract.ts';
import { makeStreamSource, withFileSource } from './file-source.ts';
import { stageSource, type ReadingParts, type ReadingTask } from './stage-source.ts';

/** What is read: a file on disk, or what a page sends (`bytes` long, 0 where unknown). */
export type ReadingInput =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'stream'; readonly body: Readable; readonly bytes: number };

export interface Reading {
  /**
   * The report of what stands in the stage; undefined where it was stopped. Rejects with the system's error where
   * the file cannot be opened, with JournalUnavailableError where the stage cannot be written.
   */
  read(input: ReadingInput, task: ReadingTask, parts: ReadingParts): Promise<FileReport | undefined>;
  close(): Promise<void>;
}

/** In this very thread: for a command that has nothing else to do, and for tests. */
export const readHere: Reading = {
  read: async (input, task, parts) => {
    if (input.kind === 'stream') {
      return await stageSource(makeStreamSource(input.body, input.bytes), task, parts);
    }
    return await withFileSource(input.path, (source) => stageSource(source, task, parts));
  },
  close: () => Promise.resolve(),
};
