/** What the store worker is made of, put together apart from the worker: tests run it on any pair of ports. */
import type { MakeFeeding } from './browser-feeding.ts';
import { ColumnsList } from './columns-list.ts';
import type { FromFeeding, ToFeeding } from './feeding-messages.ts';
import { LibraryShelf } from './library-shelf.ts';
import type { FromStore, ToStore } from './store-messages.ts';

/** Under this name the traces of the sample say where they came from. */
export const SAMPLE_ORIGIN = 'sample';

/** Returns what takes the page's messages. */
export function makeStore(
  send: (message: FromStore | FromFeeding) => void,
  makeFeeding: MakeFeeding,
): (message: ToStore | ToFeeding) => void {
  const list = new ColumnsList((freed) => {
    shelf.changed(freed);
  });
  const shelf = new LibraryShelf({
    columns: () => list.columns,
    isComplete: () => feeding.state.whole,
    send,
    later: (run, delayMs) => void setTimeout(run, delayMs),
    nowMs: () => performance.now(),
    sampleOrigin: SAMPLE_ORIGIN,
  });
  const feeding = makeFeeding({ list, send, onState: tellWhole() });
  function tellWhole(): (state: { readonly whole: boolean }) => void {
    let was = false;
    return ({ whole }) => {
      if (whole !== was) shelf.changed([]);
      was = whole;
    };
  }
  return (message) => {
    switch (message.kind) {
      case 'line':
      case 'retry':
      case 'read-trace':
      case 'save-view':
      case 'remove-view':
        feeding.hear(message);
        break;
      default:
        shelf.hear(message);
    }
  };
}
