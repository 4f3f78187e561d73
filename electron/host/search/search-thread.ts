/** A thread that looks for words in segments, one after the other as it is given them. An entry of the build of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { openJournalFiles } from '../journal/node-journal-files.ts';
import { openScanned } from './open-scanned.ts';
import { LineScanner } from './scan-segment.ts';
import type { FromSearchThread, SearchTask, ToSearchThread } from './search-words.ts';

const port = parentPort;
if (port === null) throw new Error('search-thread.ts runs as a thread');
// Given by ScanCrew alone.
const { directory, words } = workerData as SearchTask;
const files = await openJournalFiles(directory, false);
const scanner = new LineScanner(words);
const say = (message: FromSearchThread): void => {
  port.postMessage(message);
};
port.on('message', ({ segment }: ToSearchThread) => {
  const file = openScanned(files, segment);
  try {
    if (file !== undefined) for (const step of scanner.scan(file)) say({ kind: 'step', segment, ...step });
  } finally {
    file?.close();
  }
  say({ kind: 'done', segment });
});
say({ kind: 'ready' });
