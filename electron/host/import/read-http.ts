/**
 * Reads a capture of HTTP: the bodies of its requests, which are read like files, those of one address as one.
 * A trace of many requests is one trace in the report; what a server answered is passed over.
 */
import { HttpMessages } from '../../../core/formats/http-capture/http-messages.ts';
import { isStartLine, type HttpHead } from '../../../core/formats/http-capture/http-head.ts';
import type { FileReport } from '../../../core/rpc/contract.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import { sumEntries, type ContainerReader, type EntryReader } from './content-reader.ts';
import type { FileTally } from './file-tally.ts';

/** So many addresses have a reader of their own. */
const MAX_ADDRESSES = 100;
const LINE_FEED = new Uint8Array([0x0a]);

interface Address {
  readonly name: string;
  readonly reader: EntryReader;
}

/** `makeGunzip` wraps a reader so that it takes gzip. */
export interface HttpReaderParts {
  readonly openEntry: (name: string) => EntryReader;
  readonly unpack: (inner: EntryReader) => EntryReader;
}

/** True where the bytes begin with the first line of a request. */
export function isHttp(bytes: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 2048)).trimStart();
  return isStartLine(text.slice(0, Math.max(text.indexOf('\n'), 0)));
}

export class HttpReader implements ContainerReader {
  readonly format = 'http';
  readonly #tally: FileTally;
  readonly #parts: HttpReaderParts;
  readonly #addresses = new Map<string, Address>();
  readonly #messages: HttpMessages;
  #batches: RecordBatch[] = [];
  /** Where the body that streams in goes; undefined: nobody wants it. */
  #body: Pick<EntryReader, 'push' | 'end'> | undefined;

  constructor(tally: FileTally, parts: HttpReaderParts) {
    this.#tally = tally;
    this.#parts = parts;
    this.#messages = new HttpMessages({
      begin: (head) => {
        this.#body = this.#open(head);
      },
      body: (bytes) => {
        if (this.#body !== undefined) this.#batches.push(...this.#body.push(bytes));
      },
      end: (isWhole) => {
        if (this.#body !== undefined) this.#batches.push(...this.#body.end());
        this.#body = undefined;
        if (!isWhole) this.#tally.say('cut-short');
      },
      lost: (offset) => {
        this.#tally.skip('broken-record', { offset });
      },
    });
  }

  get spans(): number {
    return [...this.#addresses.values()].reduce((sum, { reader }) => sum + reader.spans, 0);
  }

  push(chunk: Uint8Array): readonly RecordBatch[] {
    this.#messages.push(chunk);
    return this.#takeBatches();
  }

  end(): readonly RecordBatch[] {
    this.#messages.end();
    for (const { reader } of this.#addresses.values()) this.#batches.push(...reader.end());
    return this.#takeBatches();
  }

  stop(): readonly RecordBatch[] {
    for (const { reader } of this.#addresses.values()) this.#batches.push(...reader.stop());
    return this.#takeBatches();
  }

  /** Requests to one address are one file of its format; those to several are entries. */
  sumUp(own: FileReport): FileReport {
    const entries = [...this.#addresses.values()].map(({ name, reader }) =>
      reader.report(`${own.path}/${name}`),
    );
    const [only] = entries;
    if (only === undefined || entries.length > 1) return sumEntries(own, entries);
    return {
      ...only,
      path: own.path,
      reason: `requests of HTTP; ${only.reason ?? 'their bodies told the format'}`,
      skipped: own.skipped + only.skipped,
      diagnostics: [...own.diagnostics, ...only.diagnostics],
    };
  }

  #open(head: HttpHead): Pick<EntryReader, 'push' | 'end'> | undefined {
    if (head.method === undefined || !head.mayHaveBody) return undefined;
    const { reader } = this.#addressOf(head);
    // Values of JSON stand apart; protobuf messages join without anything in between.
    const isJson = !head.contentType.includes('protobuf');
    const isPacked = head.contentEncoding === 'gzip';
    const open = isPacked ? this.#parts.unpack(leaveOpen(reader)) : leaveOpen(reader);
    return {
      push: (bytes) => open.push(bytes),
      end: () => [...open.end(), ...(isJson ? reader.push(LINE_FEED) : [])],
    };
  }

  #addressOf({ method, path }: HttpHead): Address {
    const name = `${method ?? ''} ${path}`;
    const known = this.#addresses.get(name);
    if (known !== undefined) return known;
    if (this.#addresses.size >= MAX_ADDRESSES) return [...this.#addresses.values()].at(-1) ?? this.#add(name);
    return this.#add(name);
  }

  #add(name: string): Address {
    const address = { name, reader: this.#parts.openEntry(name) };
    this.#addresses.set(name, address);
    return address;
  }

  #takeBatches(): readonly RecordBatch[] {
    const batches = this.#batches;
    this.#batches = [];
    return batches;
  }
}

/** The end of one body is not the end of its address. */
function leaveOpen(reader: EntryReader): EntryReader {
  return {
    spans: 0,
    push: (bytes) => reader.push(bytes),
    end: () => [],
    stop: () => [],
    report: (path) => reader.report(path),
  };
}
