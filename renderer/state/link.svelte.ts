/**
 * The line to the host: opened with the token, opened again whenever it breaks, and always able to say how
 * it stands. What must be asked for anew after a break is registered with `onOpen`.
 */
import { Connection, RpcError, type Port, type Reply } from '../../core/rpc/connection.ts';
import type { EventName, Events, HostStatus, RequestName, Requests } from '../../core/rpc/contract.ts';
import { greet } from '../store/greet.ts';
import { openSocketPort } from '../store/socket-port.ts';
import { dropToken } from './token.ts';

export type LinkPhase =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  /** Broken; tried again at `retryAtMs` (epoch). */
  | { readonly kind: 'lost'; readonly retryAtMs: number }
  /** The host does not know this page, or the page knows no token: only a new start helps. */
  | { readonly kind: 'refused' };

type Listener<Name extends EventName> = (payload: Events[Name], bytes: Uint8Array | undefined) => void;

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5000;

export class Link {
  phase: LinkPhase = $state.raw({ kind: 'connecting' });
  status: HostStatus | undefined = $state.raw();
  readonly #openPort: () => Promise<Port>;
  readonly token: string | undefined;
  #connection: Connection | undefined;
  #closed = false;
  #opening = false;
  #waitMs = FIRST_WAIT_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #openListeners: (() => void)[] = [];
  readonly #listeners: { [Name in EventName]?: readonly Listener<Name>[] } = {};

  /** `way`: the address of a socket, or what opens a port where the page has no address to ask. */
  constructor(way: string | (() => Promise<Port>), token: string | undefined) {
    this.#openPort = typeof way === 'string' ? () => openSocketPort(way) : way;
    this.token = token;
    this.on('status.changed', (status) => {
      this.status = status;
    });
  }

  /** Opens the line. Called once, when everything has registered. */
  start(): void {
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.retry();
    });
    void this.#open();
  }

  /** Tries at once, instead of waiting for the next turn. */
  retry(): void {
    if (this.phase.kind !== 'lost') return;
    clearTimeout(this.#timer);
    void this.#open();
  }

  /** Ends the line for good: nothing is tried again. */
  close(): void {
    clearTimeout(this.#timer);
    this.#closed = true;
    this.#connection?.close();
  }

  /** Tells the state that holds what the event says; those who ask first are told first. */
  on<Name extends EventName>(name: Name, listener: Listener<Name>): void {
    const listeners: { [Each in Name]?: readonly Listener<Each>[] } = this.#listeners;
    listeners[name] = [...(listeners[name] ?? []), listener];
  }

  /** Called after every opening: subscriptions do not outlive a connection. */
  onOpen(listener: () => void): void {
    this.#openListeners.push(listener);
  }

  /** Asks the host. Rejects with RpcError; code `closed` while there is no line. */
  request<Name extends RequestName>(name: Name, params: Requests[Name]['params']): Promise<Reply<Name>> {
    if (this.#connection === undefined || this.phase.kind !== 'open') {
      return Promise.reject(new RpcError('closed', 'The connection to the host ended.'));
    }
    return this.#connection.request(name, params);
  }

  async #open(): Promise<void> {
    if (this.token === undefined) {
      this.phase = { kind: 'refused' };
      return;
    }
    if (this.#opening) return;
    this.#opening = true;
    if (this.phase.kind !== 'lost') this.phase = { kind: 'connecting' };
    try {
      this.#welcome(await this.#greet(this.token));
    } catch (error) {
      if (error instanceof RpcError && error.code === 'wrong-token') {
        dropToken();
        this.phase = { kind: 'refused' };
      } else {
        this.#lose();
      }
    } finally {
      this.#opening = false;
    }
  }

  /** A connection that has said hello. Where anything but that happens, it is closed and this rejects. */
  async #greet(token: string): Promise<Connection> {
    const port = await this.#openPort();
    const connection = new Connection({
      port,
      onEvent: (name, payload, bytes) => this.#tell(name, payload, bytes),
    });
    // A port that ends during hello rejects it; only the end of the line in use is heard here.
    port.onClose(() => {
      if (connection === this.#connection) this.#lose();
    });
    this.status = await greet(connection, token);
    return connection;
  }

  #welcome(connection: Connection): void {
    if (this.#closed) {
      connection.close();
      return;
    }
    this.#connection = connection;
    this.#waitMs = FIRST_WAIT_MS;
    this.phase = { kind: 'open' };
    for (const listener of this.#openListeners) listener();
  }

  #lose(): void {
    this.#connection = undefined;
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.phase = { kind: 'lost', retryAtMs: Date.now() + this.#waitMs };
    this.#timer = setTimeout(() => void this.#open(), this.#waitMs);
    this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_WAIT_MS);
  }

  #tell<Name extends EventName>(name: Name, payload: Events[Name], bytes: Uint8Array | undefined): void {
    for (const listener of this.#listeners[name] ?? []) listener(payload, bytes);
  }
}
