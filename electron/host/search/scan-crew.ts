/**
 * Reads many segments at a time in threads that live as long as one search: a stop ends them in the middle of a
 * line. Where there is no built thread to start, this one reads in slices.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SegmentNumber } from '../../../core/journal/segment-name.ts';
import { findBuiltThread } from '../built-thread.ts';
import { openJournalFiles } from '../journal/node-journal-files.ts';
import { openScanned } from './open-scanned.ts';
import { LineScanner, type ScanStep } from './scan-segment.ts';
import type { FromSearchThread, SearchTask, ToSearchThread } from './search-words.ts';

/** More would wait for the disk, and take the machine from whoever works on it. */
const MOST_THREADS = 4;

export type TakeStep = (segment: SegmentNumber, step: ScanStep) => void;

export interface ScanCrew {
  /** Resolves when all segments were read, or the signal stopped it. Steps of several segments come mixed. */
  scan(
    task: SearchTask,
    segments: readonly SegmentNumber[],
    onStep: TakeStep,
    signal: AbortSignal,
  ): Promise<void>;
}

export function openScanCrew(threads = Math.min(availableParallelism(), MOST_THREADS)): ScanCrew {
  const path = findBuiltThread('search-thread.js');
  return path === undefined ? scanHere : new ThreadCrew(path, threads);
}

/** In this thread: for tests, and where nothing is built. */
export const scanHere: ScanCrew = {
  scan: async ({ directory, words }, segments, onStep, signal) => {
    const files = await openJournalFiles(directory, false);
    const scanner = new LineScanner(words);
    for (const segment of segments) {
      const file = openScanned(files, segment);
      try {
        for (const step of file === undefined ? [] : scanner.scan(file)) {
          onStep(segment, step);
          await new Promise((resolve) => setImmediate(resolve));
          if (signal.aborted) return;
        }
      } finally {
        file?.close();
      }
    }
  },
};

export class ThreadCrew implements ScanCrew {
  readonly #path: string;
  readonly #threads: number;

  constructor(path: string, threads: number) {
    this.#path = path;
    this.#threads = threads;
  }

  async scan(
    task: SearchTask,
    segments: readonly SegmentNumber[],
    onStep: TakeStep,
    signal: AbortSignal,
  ): Promise<void> {
    const waiting = [...segments];
    const count = Math.min(this.#threads, waiting.length);
    const workers = Array.from({ length: count }, () => new Worker(this.#path, { workerData: task }));
    try {
      await new Promise<void>((resolve, reject) => {
        signal.addEventListener('abort', () => {
          resolve();
        });
        if (signal.aborted || count === 0) resolve();
        let working = count;
        for (const worker of workers) {
          worker.on('error', reject);
          worker.on('exit', () => {
            reject(new Error('a searching thread ended'));
          });
          worker.on('message', (message: FromSearchThread) => {
            if (signal.aborted) return;
            if (message.kind === 'step') {
              onStep(message.segment, message);
              return;
            }
            const segment = waiting.shift();
            if (segment !== undefined) worker.postMessage({ segment } satisfies ToSearchThread);
            else if (--working === 0) resolve();
          });
        }
      });
    } finally {
      await Promise.all(workers.map((worker) => worker.terminate()));
    }
  }
}
