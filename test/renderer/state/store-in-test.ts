/** The store worker's parts in this process, with a browser's store in memory: for tests of the page's state. */
import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { onTestFinished } from 'vitest';
import { LibraryFeeding } from '../../../renderer/store/library-feeding.ts';
import { makeStore } from '../../../renderer/store/store-parts.ts';
import { LibraryFeed } from '../../../renderer/state/library-feed.svelte.ts';
import type { Link } from '../../../renderer/state/link.svelte.ts';
import type { StorePort } from '../../../renderer/state/store-port.ts';
import type { Host } from '../../../electron/host/host.ts';
import { socketUrl } from './host-in-test.ts';

// Live queries look for a browser's store of their own, and are silent where there is none.
Object.assign(Dexie.dependencies, { indexedDB: new IDBFactory(), IDBKeyRange });

/** A store that is fed by a host, and the page's side of the feeding. */
export function storeInTest(
  host: Host,
  link: Link,
  indexedDB = new IDBFactory(),
): { readonly port: StorePort; readonly feed: LibraryFeed } {
  const listeners: Parameters<StorePort['onMessage']>[0][] = [];
  const closing: (() => void)[] = [];
  const hear = makeStore(
    (message) => {
      for (const listener of listeners) listener(structuredClone(message));
    },
    (parts) => {
      const feeding = new LibraryFeeding({
        ...parts,
        ...{ indexedDB, IDBKeyRange },
        withLock: (_name, _signal, work) => work(),
        onError: (error) => {
          throw error;
        },
      });
      closing.push(() => {
        feeding.close();
      });
      return feeding;
    },
  );
  onTestFinished(() => {
    for (const close of closing) close();
  });
  const port: StorePort = {
    send: (message) => {
      hear(message);
    },
    onMessage: (listener) => {
      listeners.push(listener);
    },
    onFailure: () => undefined,
  };
  const line = { kind: 'socket', url: socketUrl(host), token: host.token } as const;
  return { port, feed: new LibraryFeed(link, port, () => Promise.resolve(line)) };
}
