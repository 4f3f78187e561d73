/** The way to the store worker, and what stands for it in tests. */
import type { FromFeeding, ToFeeding } from '../store/feeding-messages.ts';
import type { FromStore, ToStore } from '../store/store-messages.ts';

export interface StorePort {
  /** `transfer`: what the worker has from then on, and this thread no more. */
  send(message: ToStore | ToFeeding, transfer?: Transferable[]): void;
  /** As many listeners as there are parts of the page that ask: each takes what is its own. */
  onMessage(listener: (message: FromStore | FromFeeding) => void): void;
  /** Told when the worker cannot go on, in the browser's words. */
  onFailure(listener: (reason: string) => void): void;
}

export function startStoreWorker(): StorePort {
  const worker = new Worker(new URL('../store/store-worker.ts', import.meta.url), { type: 'module' });
  return {
    send: (message, transfer = []) => {
      worker.postMessage(message, transfer);
    },
    onMessage: (listener) => {
      worker.addEventListener('message', ({ data }: MessageEvent<FromStore | FromFeeding>) => {
        listener(data);
      });
    },
    onFailure: (listener) => {
      worker.addEventListener('error', ({ message }) => {
        listener(message);
      });
    },
  };
}
