/**
 * HTTP as it went over the wire, cut into its messages: requests, and answers where they were captured as well.
 * Headers are read, bodies are handed on as they come, out of their chunks. What is no HTTP is searched for the
 * next line that begins a message.
 */
import { joinBytes } from '../bytes.ts';
import { isStartLine, readHttpHead, type HttpHead } from './http-head.ts';

export interface HttpTaker {
  begin(head: HttpHead): void;
  body(bytes: Uint8Array): void;
  /** `isWhole` false: the capture ended, or broke, inside the message. */
  end(isWhole: boolean): void;
  /** Bytes from an offset on are no HTTP. */
  lost(offset: number): void;
}

type State =
  | { readonly kind: 'head' | 'lost' | 'size' | 'chunk-end' | 'trailer' }
  | { readonly kind: 'length' | 'chunk'; left: number }
  /** Neither a length nor chunks were announced: up to the next message. */
  | { readonly kind: 'open' };

const LINE_FEED = 0x0a;
const MAX_HEAD_BYTES = 64 * 1024;
const MAX_SIZE_LINE = 1024;
const HEAD: State = { kind: 'head' };

export class HttpMessages {
  readonly #taker: HttpTaker;
  #carry: Uint8Array = new Uint8Array(0);
  #state: State = HEAD;
  /** Of the first byte in the carry. */
  #offset = 0;

  constructor(taker: HttpTaker) {
    this.#taker = taker;
  }

  push(bytes: Uint8Array): void {
    this.#run(this.#carry.length === 0 ? bytes : joinBytes([this.#carry, bytes]), false);
  }

  end(): void {
    this.#run(this.#carry, true);
    if (this.#state.kind === 'open') this.#finish(true);
    else if (this.#state.kind !== 'head' && this.#state.kind !== 'lost') this.#finish(false);
  }

  #run(bytes: Uint8Array, final: boolean): void {
    let at = 0;
    while (at < bytes.length) {
      const next = this.#step(bytes, at, final);
      if (next === undefined) break;
      at = next;
    }
    this.#offset += at;
    this.#carry = new Uint8Array(bytes.subarray(at));
  }

  /** Where to go on; undefined where more bytes are needed. */
  #step(bytes: Uint8Array, at: number, final: boolean): number | undefined {
    const state = this.#state;
    switch (state.kind) {
      case 'head':
        return this.#head(bytes, at, final);
      case 'lost':
        return this.#search(bytes, at, final, false);
      case 'open':
        return this.#search(bytes, at, final, true);
      case 'length':
      case 'chunk': {
        const end = Math.min(bytes.length, at + state.left);
        this.#taker.body(bytes.subarray(at, end));
        state.left -= end - at;
        if (state.left === 0) {
          if (state.kind === 'chunk') this.#state = { kind: 'chunk-end' };
          else this.#finish(true);
        }
        return end;
      }
      default:
        return this.#line(bytes, at, final, state.kind);
    }
  }

  #head(bytes: Uint8Array, at: number, final: boolean): number | undefined {
    let from = at;
    while (bytes[from] === LINE_FEED || bytes[from] === 0x0d) from++;
    if (from >= bytes.length) return bytes.length;
    const end = endOfHead(bytes, from);
    if (end === undefined && !final && bytes.length - from < MAX_HEAD_BYTES) {
      return from > at ? from : undefined;
    }
    const head = readHttpHead(new TextDecoder('latin1').decode(bytes.subarray(from, end ?? bytes.length)));
    if (head === undefined) {
      this.#taker.lost(this.#offset + from);
      this.#state = { kind: 'lost' };
      return from;
    }
    this.#taker.begin(head);
    this.#state = stateOf(head);
    if (this.#state === HEAD) this.#taker.end(true);
    return end ?? bytes.length;
  }

  /** A line of the framing: the size of a chunk, what closes one, or a trailer. */
  #line(
    bytes: Uint8Array,
    at: number,
    final: boolean,
    kind: 'size' | 'chunk-end' | 'trailer',
  ): number | undefined {
    const feed = bytes.indexOf(LINE_FEED, at);
    if (feed < 0 && !final && bytes.length - at < MAX_SIZE_LINE) return undefined;
    const end = feed < 0 ? bytes.length : feed + 1;
    const text = new TextDecoder('latin1').decode(bytes.subarray(at, end)).trim();
    if (kind === 'trailer') {
      if (text === '') this.#finish(true);
      return end;
    }
    if (kind === 'chunk-end') {
      this.#state = { kind: 'size' };
      return end;
    }
    const size = /^[0-9a-f]{1,8}(;|$)/i.test(text) ? Number.parseInt(text, 16) : Number.NaN;
    if (Number.isNaN(size)) {
      this.#finish(false);
      this.#taker.lost(this.#offset + at);
      this.#state = { kind: 'lost' };
      return at;
    }
    this.#state = size === 0 ? { kind: 'trailer' } : { kind: 'chunk', left: size };
    return end;
  }

  /** From line to line to the next that begins a message; what stands before it is the body, if it is one. */
  #search(bytes: Uint8Array, at: number, final: boolean, isBody: boolean): number | undefined {
    const feed = bytes.indexOf(LINE_FEED, at);
    const end = feed < 0 ? bytes.length : feed + 1;
    if (feed < 0 && !final && bytes.length - at < MAX_HEAD_BYTES) return undefined;
    const line = bytes.subarray(at, end);
    if (isStartLine(new TextDecoder('latin1').decode(line.subarray(0, MAX_SIZE_LINE)))) {
      if (isBody) this.#finish(true);
      this.#state = HEAD;
      return at;
    }
    if (isBody) this.#taker.body(line);
    return end;
  }

  #finish(isWhole: boolean): void {
    this.#state = HEAD;
    this.#taker.end(isWhole);
  }
}

/** One past the empty line behind the headers. */
function endOfHead(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(LINE_FEED, from); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) {
    const next = bytes[at + 1] === 0x0d ? at + 2 : at + 1;
    if (bytes[next] === LINE_FEED) return next + 1;
  }
  return undefined;
}

function stateOf({ isChunked, contentLength, mayHaveBody }: HttpHead): State {
  if (isChunked) return { kind: 'size' };
  if (contentLength !== undefined)
    return contentLength === 0 ? HEAD : { kind: 'length', left: contentLength };
  return mayHaveBody ? { kind: 'open' } : HEAD;
}
