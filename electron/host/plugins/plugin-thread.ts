/** The thread of one plugin: opens its guest and answers one call after the other. It holds no more than the guest. */
import { parentPort, workerData } from 'node:worker_threads';
import { assertNever } from '../../../core/model/assert.ts';
import { Guest } from './guest.ts';
import type { FromThread, GuestAnswer, ThreadStart, ToThread } from './thread-words.ts';

const { memoryMb } = workerData as ThreadStart;
const guest = await Guest.open(memoryMb, () => performance.now());

const say = (words: FromThread): void => parentPort?.postMessage(words);

parentPort?.on('message', (words: ToThread) => {
  say(answer(words));
});
say({ kind: 'ready' });

function answer(words: ToThread): GuestAnswer {
  switch (words.kind) {
    case 'load':
      return guest.load(words.source, words.deadlineMs);
    case 'call':
      return guest.call(words.request, words.deadlineMs);
    case 'settle':
      return guest.settle(words.responses, words.deadlineMs);
    default:
      return assertNever(words);
  }
}
