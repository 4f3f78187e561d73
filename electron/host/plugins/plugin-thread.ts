/** The thread of one plugin: opens its guest and answers one call after the other. It holds no more than the guest. */
import { parentPort, workerData } from 'node:worker_threads';
import { Guest } from './guest.ts';
import type { FromThread, ThreadStart, ToThread } from './thread-words.ts';

const { memoryMb } = workerData as ThreadStart;
const guest = await Guest.open(memoryMb, () => performance.now());

const say = (words: FromThread): void => parentPort?.postMessage(words);

parentPort?.on('message', (words: ToThread) => {
  if (words.kind === 'load') say(guest.load(words.source, words.deadlineMs));
  else say(guest.call(words.request, words.deadlineMs));
});
say({ kind: 'ready' });
