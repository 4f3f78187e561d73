/**
 * Redacts records of a batch before anything of them is durable: the plugins that redact in their order, then the host's
 * own redactor, so that what a plugin overlooked or gave back untouched is found all the same. Lines that hold nothing
 * keep their bytes and are not parsed again. What cannot be redacted is withheld: a skeleton is stored.
 */
import type { RecordFormat } from '../../../core/formats/format.ts';
import { parseExactJson, stringifyExactJson } from '../../../core/model/exact-json.ts';
import type { Json } from '../../../core/model/json.ts';
import type { RecordRedactor } from '../../../core/redact/record-redactor.ts';
import { PLACE_NUMBERS, type KeptRecord, type RecordBatch } from '../records/record-batch.ts';
import { GuestRedaction, type RedactableLine } from './guest-redaction.ts';
import { nameOf, type AskedPlugin } from './intake-rules.ts';
import { isSameRecord, renamed } from './is-same-record.ts';
import { writeSkeleton, type Withheld } from './skeleton-record.ts';

/** A record that is stored in place of the one that came. */
export interface Replacement {
  readonly record: KeptRecord;
  /** One line of JSON. */
  readonly text: string;
}

export interface RedactedRecords {
  /** By place in the batch; what is not there is stored as it came. */
  readonly replaced: ReadonlyMap<number, Replacement>;
  readonly withheld: ReadonlyMap<number, Withheld>;
  /** Values that the host's redactor replaced, by type. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface Redactors {
  readonly guests: readonly AskedPlugin[];
  readonly host: RecordRedactor | undefined;
  /** How the host's own redaction is called in what is withheld. */
  readonly hostName: string;
  /** Ids that are themselves to be redacted get the host's pseudonym; nobody else holds them as they came. */
  readonly mayRename: boolean;
}

/** So many bytes are redacted in one go; then whoever waits for the host has a turn. */
const SLICE_BYTES = 256 * 1024;

/** Rejects with IntakeClosedError where a redactor cannot be asked at all. */
export async function redactRecords(
  batch: RecordBatch,
  wanted: readonly number[],
  format: RecordFormat,
  redactors: Redactors,
): Promise<RedactedRecords> {
  const run = new RedactionRun(batch, format, redactors);
  for (const slice of cutSlices(batch, wanted)) {
    await run.redact(slice);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return run.outcome;
}

class RedactionRun {
  readonly #batch: RecordBatch;
  readonly #format: RecordFormat;
  readonly #host: RecordRedactor | undefined;
  readonly #hostName: string;
  readonly #mayRename: boolean;
  readonly #guests: readonly GuestRedaction[];
  readonly #replaced = new Map<number, Replacement>();
  readonly #withheld = new Map<number, Withheld>();
  readonly #counts: Record<string, number> = {};

  constructor(batch: RecordBatch, format: RecordFormat, redactors: Redactors) {
    const { guests, host, hostName, mayRename } = redactors;
    this.#batch = batch;
    this.#format = format;
    this.#host = host;
    this.#hostName = hostName;
    this.#mayRename = mayRename;
    this.#guests = guests.map((plugin) => new GuestRedaction(plugin, format));
  }

  get outcome(): RedactedRecords {
    return { replaced: this.#replaced, withheld: this.#withheld, counts: this.#counts };
  }

  async redact(places: readonly number[]): Promise<void> {
    const host = this.#host;
    // What nobody else is asked about is looked at as it lies there, and most of it is never made a text.
    const wanted =
      this.#guests.length > 0 ? places : places.filter((place) => mayChangeAt(host, this.#batch, place));
    let lines = wanted.map((place): RedactableLine => ({
      place,
      text: textOf(this.#batch, place),
      record: recordOf(this.#batch, place),
    }));
    for (const guest of this.#guests) {
      const answered = await guest.redact(lines);
      lines = lines.flatMap((line, i) => {
        const answer = answered[i];
        if (answer !== undefined) return [{ ...line, ...answer }];
        this.#withhold(line.place, { by: nameOf(guest.plugin), reason: 'its redactor failed on it' });
        return [];
      });
    }
    for (const line of lines) this.#redactHere(line);
  }

  #redactHere(line: RedactableLine): void {
    const { place, text, record } = line;
    const host = this.#host;
    const isRewritten = record !== recordOf(this.#batch, place);
    if (host === undefined || (this.#guests.length > 0 && !host.mayChange(text))) {
      if (isRewritten) this.#replaced.set(place, { record, text });
      return;
    }
    const redacted = tryRedact(host, text);
    if (redacted === undefined) {
      this.#withhold(place, { by: this.#hostName, reason: 'redaction failed on it' });
      return;
    }
    if (!redacted.changed) {
      if (isRewritten) this.#replaced.set(place, { record, text });
      return;
    }
    const written = stringifyExactJson(redacted.value);
    const read = this.#format.readRecord(JSON.parse(written) as Json);
    if (!isSameRecord(this.#mayRename ? renamed(record, read) : record, read)) {
      this.#withhold(place, {
        by: this.#hostName,
        reason: 'what tells the record would have to be redacted',
      });
      return;
    }
    for (const [type, count] of Object.entries(redacted.counts)) {
      this.#counts[type] = (this.#counts[type] ?? 0) + (count ?? 0);
    }
    this.#replaced.set(place, { record: read, text: written });
  }

  #withhold(place: number, withheld: Withheld): void {
    this.#withheld.set(place, withheld);
    this.#replaced.set(place, replaceBySkeleton(recordOf(this.#batch, place), withheld, this.#format));
  }
}

/** The skeleton of a record, as it is stored. */
export function replaceBySkeleton(record: KeptRecord, withheld: Withheld, format: RecordFormat): Replacement {
  const text = JSON.stringify(writeSkeleton(record, withheld));
  const read = format.readRecord(JSON.parse(text) as Json);
  if (read.kind === 'reject') throw new Error('a skeleton is no record');
  return { record: read, text };
}

function tryRedact(host: RecordRedactor, text: string): ReturnType<RecordRedactor['redact']> | undefined {
  try {
    return host.redact(parseExactJson(text));
  } catch {
    // Whatever broke, the record is withheld; the words of the error may be the record's, and are told to nobody.
    return undefined;
  }
}

function mayChangeAt(
  host: RecordRedactor | undefined,
  { lines, places }: RecordBatch,
  place: number,
): boolean {
  const start = places[place * PLACE_NUMBERS] ?? 0;
  return host?.mayChangeBytes(lines, start, start + (places[place * PLACE_NUMBERS + 1] ?? 0)) === true;
}

function recordOf({ records }: RecordBatch, place: number): KeptRecord {
  const record = records[place];
  if (record === undefined) throw new RangeError('a batch has no such record');
  return record;
}

function textOf({ lines, places }: RecordBatch, place: number): string {
  const start = places[place * PLACE_NUMBERS] ?? 0;
  const length = places[place * PLACE_NUMBERS + 1] ?? 0;
  return Buffer.from(lines.buffer, lines.byteOffset + start, length).toString('utf8');
}

function* cutSlices({ places }: RecordBatch, wanted: readonly number[]): Generator<readonly number[]> {
  let slice: number[] = [];
  let bytes = 0;
  for (const place of wanted) {
    slice.push(place);
    bytes += places[place * PLACE_NUMBERS + 1] ?? 0;
    if (bytes < SLICE_BYTES) continue;
    yield slice;
    slice = [];
    bytes = 0;
  }
  if (slice.length > 0) yield slice;
}
