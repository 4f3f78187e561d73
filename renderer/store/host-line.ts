/**
 * The store worker's own line to the host, opened again whenever it breaks: pages of columns come here and
 * never cross the thread that draws.
 */
import { Connection, RpcError, type Port } from '../../core/rpc/connection.ts';
import type { EventName, Events, HostStatus } from '../../core/rpc/contract.ts';
import { greet } from './greet.ts';

export interface HostLineParts {
  /** Opens a port; rejects where nobody answers. */
  readonly openPort: () => Promise<Port>;
  readonly token: string;
  readonly onOpen: (connection: Connection, status: HostStatus) => void;
  readonly onLost: () => void;
  /** The host does not know the token: only a new start of the page helps. */
  readonly onRefused: () => void;
  readonly onAvailable: (payload: Events['feed.available']) => void;
  readonly onPush: (payload: Events['library.changed']) => void;
  readonly onFound: (payload: Events['query.found']) => void;
  readonly onPrices: (payload: Events['prices.changed']) => void;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5000;

export class HostLine {
  readonly #parts: HostLineParts;
  #connection: Connection | undefined;
  #opening = false;
  #closed = false;
  #waitMs = FIRST_WAIT_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: HostLineParts) {
    this.#parts = parts;
  }

  /** Opens the line, or tries at once instead of waiting for the next turn. */
  open(): void {
    if (this.#closed || this.#opening || this.#connection !== undefined) return;
    clearTimeout(this.#timer);
    this.#opening = true;
    void this.#greet().finally(() => {
      this.#opening = false;
    });
  }

  /** Ends the line for good. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#connection?.close();
  }

  async #greet(): Promise<void> {
    try {
      const port = await this.#parts.openPort();
      const connection = new Connection({
        port,
        onEvent: (name, payload) => {
          this.#hear(name, payload);
        },
      });
      port.onClose(() => {
        if (connection === this.#connection) this.#lose();
      });
      const status = await greet(connection, this.#parts.token);
      this.#connection = connection;
      this.#waitMs = FIRST_WAIT_MS;
      if (this.#closed) connection.close();
      else this.#parts.onOpen(connection, status);
    } catch (error) {
      if (error instanceof RpcError && error.code === 'wrong-token') {
        this.#closed = true;
        this.#parts.onRefused();
      } else {
        this.#tryLater();
      }
    }
  }

  #hear<Name extends EventName>(name: Name, payload: Events[Name]): void {
    const listeners: { readonly [Each in EventName]?: (payload: Events[Each]) => void } = {
      'feed.available': this.#parts.onAvailable,
      'library.changed': this.#parts.onPush,
      'query.found': this.#parts.onFound,
      'prices.changed': this.#parts.onPrices,
    };
    listeners[name]?.(payload);
  }

  #lose(): void {
    this.#connection = undefined;
    this.#parts.onLost();
    this.#tryLater();
  }

  #tryLater(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.open();
    }, this.#waitMs);
    this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_WAIT_MS);
  }
}
