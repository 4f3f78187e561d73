/** What the store worker is made of, put together apart from the worker: tests run it on any pair of ports. */
import type { MakeFeeding } from './browser-feeding.ts';
import { ColumnsList } from './columns-list.ts';
import type { FromFeeding, ToFeeding } from './feeding-messages.ts';
import { CostAsking } from './cost-asking.ts';
import { HostAnswers } from './host-answers.ts';
import { LibraryShelf } from './library-shelf.ts';
import { readLocalClock } from './local-clock.ts';
import type { FromStore, ToStore } from './store-messages.ts';

/** Under this name the traces of the sample say where they came from. */
export const SAMPLE_ORIGIN = 'sample';

/** Returns what takes the page's messages. */
export function makeStore(
  send: (message: FromStore | FromFeeding) => void,
  makeFeeding: MakeFeeding,
): (message: ToStore | ToFeeding) => void {
  const later = (run: () => void, delayMs: number): void => void setTimeout(run, delayMs);
  const list = new ColumnsList((freed, changed) => {
    host.changed(freed, changed);
    prices.changed(freed, changed);
    shelf.changed(freed);
  });
  const host = new HostAnswers({
    columns: () => list.columns,
    onChange: () => {
      shelf.changed([]);
    },
  });
  const prices = new CostAsking({
    columns: () => list.columns,
    onChange: () => {
      shelf.changed([]);
    },
    later,
  });
  const shelf = new LibraryShelf({
    columns: () => list.columns,
    isComplete: () => feeding.state.whole,
    send,
    later,
    nowMs: () => performance.now(),
    clock: readLocalClock,
    host,
    prices,
    sampleOrigin: SAMPLE_ORIGIN,
  });
  const feeding = makeFeeding({ list, send, host, prices, onState: tellWhole() });
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
