/**
 * A MessagePort as a port of the contract: the page's own, Node's, or Electron's behind a thin coat. Such a
 * port cannot tell what waits in it, so each end says what it has taken: a plain number is such a word.
 */
import type { Port } from './connection.ts';
import type { FrameData } from './frame.ts';

/** What the MessagePorts of page and Node have in common. */
export interface MessageEndpoint {
  postMessage(message: unknown): void;
  /** An event of `message` has the message as its `data`. */
  addEventListener(type: 'message' | 'close', listener: (event: object) => void): void;
  /** From here on messages come; those that were sent before wait until then. */
  start(): void;
  close(): void;
}

/** What an end bears from one that it does not trust to keep up. Bytes; text counts its characters. */
export interface MessagePortLimits {
  /** A larger message ends the port. */
  readonly mostBytes: number;
  /** While so much waits for the other end, it is not heard: each request of it would add an answer. */
  readonly deafBytes: number;
}

/** The last word of an end that closes: the `close` event of a browser's port may come late, or not at all. */
export const GOODBYE = null;

const NO_LIMITS: MessagePortLimits = { mostBytes: Infinity, deafBytes: Infinity };

export function makeMessagePort(endpoint: MessageEndpoint, limits: MessagePortLimits = NO_LIMITS): Port {
  const closeListeners: (() => void)[] = [];
  const held: FrameData[] = [];
  let waitingBytes = 0;
  let listener: ((data: FrameData) => void) | undefined;
  let closed = false;
  const end = (): void => {
    if (closed) return;
    closed = true;
    held.length = 0;
    for (const tell of closeListeners) tell();
  };
  const close = (): void => {
    if (!closed) endpoint.postMessage(GOODBYE);
    endpoint.close();
    end();
  };
  /** Hears what waits, as long as the other end takes what it is sent. */
  const hear = (): void => {
    while (!closed && waitingBytes <= limits.deafBytes) {
      const data = held.shift();
      if (data === undefined) return;
      listener?.(data);
      endpoint.postMessage(data.length);
    }
  };
  const receive = (data: unknown): void => {
    if (closed) return;
    if (data === GOODBYE) {
      end();
    } else if (typeof data === 'number') {
      waitingBytes = Math.max(0, waitingBytes - data);
    } else if (isFrameData(data) && data.length <= limits.mostBytes) {
      held.push(data);
    } else {
      close();
    }
    hear();
  };
  return {
    send: (data) => {
      if (closed) return;
      waitingBytes += data.length;
      endpoint.postMessage(data);
    },
    close,
    waitingBytes: () => waitingBytes,
    onMessage: (given) => {
      listener = given;
      endpoint.addEventListener('message', (event) => {
        receive('data' in event ? event.data : undefined);
      });
      endpoint.addEventListener('close', end);
      endpoint.start();
    },
    onClose: (tell) => {
      closeListeners.push(tell);
    },
  };
}

function isFrameData(data: unknown): data is FrameData {
  return typeof data === 'string' || data instanceof Uint8Array;
}
