/**
 * The results of one version of a plugin with one set of settings, as lines of a file: what it says of traces, and what
 * its analyses kept of them. A line that comes later counts; all of it can be made again from the traces.
 */
import {
  closeSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import type { Finding } from '../../../core/model/finding.ts';
import { isJsonList, isJsonObject, stringAt, type Json, type JsonObject } from '../../../core/model/json.ts';
import type { PluginResult } from '../../../core/plugin-api/results.ts';

/** What a plugin says of one trace, and of which state of it. */
export interface TraceOutcome {
  readonly traceId: string;
  readonly revision: string;
  /** ISO 8601, the host's clock. */
  readonly at: string;
  readonly findings: readonly Finding[];
  readonly results: readonly PluginResult[];
  /** Span id to values of an enricher. */
  readonly values: Readonly<Record<string, JsonObject>>;
  /** Why all that is empty: the plugin failed on this trace. */
  readonly fault?: string;
}

interface Place {
  readonly revision: string;
  readonly offset: number;
  readonly length: number;
}

interface TracePlace extends Place {
  readonly at: string;
  readonly findings: readonly Finding[];
}

/** What this file may grow to; what more there is of analyses is computed again by each run. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Lines that count no more: traces that grow are looked at again and again. */
const MOST_DEAD_BYTES = 8 * 1024 * 1024;
/** Findings that are held in memory, for badges and the page of findings. */
const MOST_FINDINGS = 50_000;

export class ResultFile {
  readonly path: string;
  readonly head: JsonObject;
  readonly #traces = new Map<string, TracePlace>();
  readonly #parts = new Map<string, Place>();
  #descriptor: number | undefined;
  #bytes = 0;
  #deadBytes = 0;
  #findings = 0;

  private constructor(path: string, head: JsonObject) {
    this.path = path;
    this.head = head;
  }

  /** Opens what is there, or begins anew; lines that cannot be read are passed over. */
  static open(path: string, head: JsonObject): ResultFile {
    return ResultFile.read(path) ?? ResultFile.#begin(path, head);
  }

  /** Undefined where there is none, or none that is ours. */
  static read(path: string): ResultFile | undefined {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (size === 0) return undefined;
    const bytes = readFileSync(path);
    const lineEnd = bytes.indexOf(10);
    const head = lineEnd < 0 ? undefined : parse(bytes.subarray(0, lineEnd));
    if (head === undefined) return undefined;
    const file = new ResultFile(path, head);
    file.#bytes = lineEnd + 1;
    for (let from = lineEnd + 1; from < bytes.length;) {
      const end = bytes.indexOf(10, from);
      // A crash may have cut the last line; the next one begins behind it.
      const to = end < 0 ? bytes.length : end;
      file.#take(parse(bytes.subarray(from, to)), from, to - from);
      from = to + 1;
    }
    file.#bytes = bytes.length;
    if (bytes.at(-1) !== 10) file.#append('');
    return file;
  }

  static #begin(path: string, head: JsonObject): ResultFile {
    const file = new ResultFile(path, head);
    writeFileSync(path, `${JSON.stringify(head)}\n`, { mode: 0o600 });
    file.#bytes = statSync(path).size;
    return file;
  }

  get traceIds(): IterableIterator<string> {
    return this.#traces.keys();
  }

  get traceCount(): number {
    return this.#traces.size;
  }

  revisionOf(traceId: string): string | undefined {
    return this.#traces.get(traceId)?.revision;
  }

  findingsOf(traceId: string): readonly Finding[] {
    return this.#traces.get(traceId)?.findings ?? [];
  }

  foundAt(traceId: string): string {
    return this.#traces.get(traceId)?.at ?? '';
  }

  readTrace(traceId: string): TraceOutcome | undefined {
    const place = this.#traces.get(traceId);
    const line = place && this.#readLine(place);
    return line === undefined ? undefined : (line as unknown as TraceOutcome);
  }

  /** The part of an analysis as JSON, if it was made of this very state of the trace. */
  readPart(analysis: string, traceId: string, revision: string): string | undefined {
    const place = this.#parts.get(partKey(analysis, traceId));
    if (place?.revision !== revision) return undefined;
    const line = this.#readLine(place);
    return line === undefined ? undefined : JSON.stringify(line['part'] ?? null);
  }

  keepTrace(outcome: TraceOutcome): void {
    const line = JSON.stringify({ kind: 'trace', ...outcome });
    this.#take(parse(Buffer.from(line)), this.#bytes, Buffer.byteLength(line));
    this.#append(line);
    if (this.#deadBytes > MOST_DEAD_BYTES && this.#deadBytes > this.#bytes / 2) this.#rewrite();
  }

  /** `part` is JSON. */
  keepPart(analysis: string, traceId: string, revision: string, part: string): void {
    if (this.#bytes > MOST_BYTES) return;
    const head = JSON.stringify({ kind: 'part', traceId, revision, analysis });
    const line = `${head.slice(0, -1)},"part":${part}}`;
    this.#place(this.#parts, partKey(analysis, traceId), {
      revision,
      offset: this.#bytes,
      length: Buffer.byteLength(line),
    });
    this.#append(line);
  }

  /** Takes away what is said of traces that are no more, from the disk too. */
  forget(isGone: (traceId: string) => boolean): void {
    const gone = new Set([...this.#traces.keys(), ...[...this.#parts.keys()].map(traceOfKey)].filter(isGone));
    if (gone.size === 0 && this.#deadBytes < this.#bytes / 2) return;
    for (const traceId of gone) this.#dropTrace(traceId);
    for (const key of this.#parts.keys()) if (gone.has(traceOfKey(key))) this.#parts.delete(key);
    this.#rewrite();
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  remove(): void {
    this.close();
    rmSync(this.path, { force: true });
  }

  #take(line: JsonObject | undefined, offset: number, length: number): void {
    const traceId = line && stringAt(line, 'traceId');
    const revision = line && stringAt(line, 'revision');
    if (line === undefined || traceId === undefined || revision === undefined) return;
    const analysis = stringAt(line, 'analysis');
    if (analysis !== undefined) {
      this.#place(this.#parts, partKey(analysis, traceId), { revision, offset, length });
      return;
    }
    this.#dropTrace(traceId);
    const { findings: told } = line;
    // The file is our own; whoever writes into it by hand sees what comes of it.
    const findings = isJsonList(told) ? (told as unknown as readonly Finding[]) : [];
    const held = this.#findings + findings.length > MOST_FINDINGS ? [] : findings;
    this.#findings += held.length;
    this.#traces.set(traceId, { revision, offset, length, findings: held, at: stringAt(line, 'at') ?? '' });
  }

  #place(places: Map<string, Place>, key: string, place: Place): void {
    this.#deadBytes += places.get(key)?.length ?? 0;
    places.set(key, place);
  }

  #dropTrace(traceId: string): void {
    const known = this.#traces.get(traceId);
    if (known === undefined) return;
    this.#deadBytes += known.length;
    this.#findings -= known.findings.length;
    this.#traces.delete(traceId);
  }

  #append(line: string): void {
    const bytes = Buffer.from(`${line}\n`);
    writeSync(this.#open(), bytes, 0, bytes.length, this.#bytes);
    this.#bytes += bytes.length;
  }

  #readLine({ offset, length }: Place): JsonObject | undefined {
    const bytes = Buffer.alloc(length);
    readSync(this.#open(), bytes, 0, length, offset);
    return parse(bytes);
  }

  #open(): number {
    this.#descriptor ??= openSync(this.path, 'r+');
    return this.#descriptor;
  }

  #rewrite(): void {
    const lines = [
      this.head,
      ...[...this.#traces.values(), ...this.#parts.values()].flatMap((place) => this.#readLine(place) ?? []),
    ];
    const temporary = `${this.path}.new`;
    writeFileSync(temporary, lines.map((line) => `${JSON.stringify(line)}\n`).join(''), { mode: 0o600 });
    this.close();
    renameSync(temporary, this.path);
    const fresh = ResultFile.read(this.path);
    if (fresh === undefined)
      throw new Error('A file of results could not be read right after it was written.');
    this.#adopt(fresh);
  }

  #adopt(fresh: ResultFile): void {
    this.#traces.clear();
    this.#parts.clear();
    for (const [key, place] of fresh.#traces) this.#traces.set(key, place);
    for (const [key, place] of fresh.#parts) this.#parts.set(key, place);
    this.#bytes = fresh.#bytes;
    this.#findings = fresh.#findings;
    this.#deadBytes = 0;
    fresh.close();
  }
}

const partKey = (analysis: string, traceId: string): string => `${analysis}\n${traceId}`;
const traceOfKey = (key: string): string => key.slice(key.indexOf('\n') + 1);

function parse(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value = JSON.parse(Buffer.from(bytes).toString('utf8')) as Json;
    return isJsonObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
