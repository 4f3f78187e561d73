/**
 * One end of the contract over any port that carries frames: a page calls and listens, the host answers
 * and sends. It knows no transport, so that WebSocket and MessagePort behave alike.
 */
import { assertNever } from '../model/assert.ts';
import type { Json } from '../model/json.ts';
import type { EventName, Events, RequestName, Requests } from './contract.ts';
import { decodeFrame, encodeFrame, type Frame, type FrameData } from './frame.ts';

/** A way to the other end that keeps the order and the borders of what is sent. */
export interface Port {
  send(data: FrameData): void;
  close(): void;
  onMessage(listener: (data: string | Uint8Array) => void): void;
  /** Called once, also where the port broke. */
  onClose(listener: () => void): void;
  /** Bytes that were sent and that the other end has not taken. A port that cannot tell has none. */
  waitingBytes?(): number;
}

/** More than this on its way, and the other end does not keep up: a page that hangs, or is asleep. */
const BEHIND_BYTES = 1024 * 1024;

/** An answer, and the bytes that came beside it. */
export interface Reply<Name extends RequestName> {
  readonly result: Requests[Name]['result'];
  readonly bytes?: Uint8Array | undefined;
}

/** Answers one kind of request. `params` is what the other end sent, unchecked. Rejects with RpcError. */
export type RequestListener<Name extends RequestName> = (params: Json) => Promise<Reply<Name>>;
export type RequestListeners = { readonly [Name in RequestName]: RequestListener<Name> };

export type EventListener = <Name extends EventName>(
  name: Name,
  payload: Events[Name],
  bytes: Uint8Array | undefined,
) => void;

/** An error that crosses the port: a stable code, and a sentence for a person. */
export class RpcError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'RpcError';
    this.code = code;
  }
}

interface Pending {
  resolve(reply: { result: unknown; bytes: Uint8Array | undefined }): void;
  reject(error: Error): void;
}

export interface ConnectionParts {
  readonly port: Port;
  /** Absent on the end that only calls. A request that nobody listens to is refused. */
  readonly answers?: Partial<RequestListeners>;
  readonly onEvent?: EventListener;
  /** Told of an error that an answer threw and that is no RpcError: a bug of ours. */
  readonly onBug?: (error: unknown) => void;
}

export class Connection {
  readonly #port: Port;
  readonly #answers: Partial<RequestListeners>;
  readonly #onEvent: EventListener | undefined;
  readonly #onBug: ((error: unknown) => void) | undefined;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #closed = false;

  constructor({ port, answers, onEvent, onBug }: ConnectionParts) {
    this.#port = port;
    this.#answers = answers ?? {};
    this.#onEvent = onEvent;
    this.#onBug = onBug;
    port.onMessage((data) => {
      this.#receive(data);
    });
    port.onClose(() => {
      this.#end();
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** True while the other end does not take what was sent: what can wait should. */
  get isBehind(): boolean {
    return (this.#port.waitingBytes?.() ?? 0) > BEHIND_BYTES;
  }

  /** Asks the other end. Rejects with RpcError: its own code, or `closed` where the port ended first. */
  request<Name extends RequestName>(name: Name, params: Requests[Name]['params']): Promise<Reply<Name>> {
    if (this.#closed) return Promise.reject(closedError());
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, {
        // Both ends are built from one contract; the host checks what comes, the page trusts its host.
        resolve: ({ result, bytes }) => {
          resolve({ result: result as Requests[Name]['result'], bytes });
        },
        reject,
      });
      this.#port.send(encodeFrame({ type: 'request', id, name, params: wire(params) }));
    });
  }

  /** Sends an event. After the end of the port it goes nowhere. */
  emit<Name extends EventName>(name: Name, payload: Events[Name], bytes?: Uint8Array): void {
    if (!this.#closed) this.#port.send(encodeFrame({ type: 'event', name, payload: wire(payload) }, bytes));
  }

  close(): void {
    this.#port.close();
    this.#end();
  }

  #receive(data: string | Uint8Array): void {
    const frame = decodeFrame(data);
    if (frame === undefined) {
      this.close();
      return;
    }
    const { message, bytes } = frame;
    switch (message.type) {
      case 'request':
        void this.#answer(message.id, message.name, message.params);
        break;
      case 'result':
        this.#settle(message.id, (pending) => {
          pending.resolve({ result: message.result, bytes });
        });
        break;
      case 'error':
        this.#settle(message.id, (pending) => {
          pending.reject(new RpcError(message.code, message.message));
        });
        break;
      case 'event':
        this.#onEvent?.(message.name, eventPayload(frame), bytes);
        break;
      default:
        assertNever(message);
    }
  }

  async #answer(id: number, name: RequestName, params: Json): Promise<void> {
    try {
      const listener = Object.hasOwn(this.#answers, name) ? this.#answers[name] : undefined;
      if (listener === undefined) throw new RpcError('unknown-request', `No request is called ${name}.`);
      const { result, bytes } = await listener(params);
      if (!this.#closed) this.#port.send(encodeFrame({ type: 'result', id, result: wire(result) }, bytes));
    } catch (error) {
      if (!(error instanceof RpcError)) this.#onBug?.(error);
      const { code, message } =
        error instanceof RpcError ? error : new RpcError('internal', 'The host could not answer.');
      if (!this.#closed) this.#port.send(encodeFrame({ type: 'error', id, code, message }));
    }
  }

  #settle(id: number, settle: (pending: Pending) => void): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (pending !== undefined) settle(pending);
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const pending of this.#pending.values()) pending.reject(closedError());
    this.#pending.clear();
  }
}

function closedError(): RpcError {
  return new RpcError('closed', 'The connection to the host ended.');
}

/** The contract's types are JSON by construction; interfaces without an index signature need saying so. */
function wire(value: unknown): Json {
  return value as Json;
}

/** The host is trusted to send what the contract says of an event's name. */
function eventPayload({ message }: Frame): Events[EventName] {
  return (message.type === 'event' ? message.payload : undefined) as unknown as Events[EventName];
}
