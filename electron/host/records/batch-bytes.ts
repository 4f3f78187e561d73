/**
 * A batch as bytes, for the way from the thread that reads a file to the one that keeps the journal, and for the
 * stage between them: numbers as columns and every text once, because a million objects cost more to send and to
 * make again than to read from their JSON. A head of JSON says how long each part is.
 */
import { encodeBatchLine, type BatchContext } from '../../../core/journal/batch-line.ts';
import type { SpanRow } from '../../../core/model/span-row.ts';
import { PLACE_NUMBERS, type KeptRecord, type RecordBatch } from './record-batch.ts';

type Kept<Kind> = KeptRecord & { readonly kind: Kind };

const NUMBERS = {
  startUs: 0,
  endUs: 1,
  kind: 2,
  flags: 3,
  inputTokens: 4,
  outputTokens: 5,
  cachedTokens: 6,
  reasoningTokens: 7,
  totalTokens: 8,
  cacheWriteTokens: 9,
  callDigest: 10,
  resultDigest: 11,
} as const satisfies Partial<Record<keyof SpanRow, number>>;
/** A field of a row that neither names does not pass the compiler. */
const TEXTS = {
  traceId: 12,
  spanId: 13,
  parentId: 14,
  name: 15,
  agent: 16,
  target: 17,
  model: 18,
  provider: 19,
  errorClass: 20,
} as const satisfies Record<Exclude<keyof SpanRow, keyof typeof NUMBERS>, number>;
const SOURCE = 21;
const STARTED_LIVE = 22;
const WIDTH = 23;
const NO_TEXT = -1;
/** In place of a row: the next of the head's traces. */
const IS_TRACE = -2;

interface Head {
  readonly context: BatchContext;
  readonly records: number;
  readonly texts: readonly string[];
  readonly traces: readonly Kept<'trace'>[];
  readonly lineBytes: number;
}

const HEAD_LENGTH_BYTES = 8;

export function encodeBatch(batch: RecordBatch): Uint8Array<ArrayBuffer> {
  const { records, places, lines } = batch;
  const numbers = new Float64Array(records.length * (WIDTH + PLACE_NUMBERS));
  const texts = new Map<string, number>();
  const traces: Kept<'trace'>[] = [];
  const numberOf = (text: string | undefined): number => {
    if (text === undefined) return NO_TEXT;
    const known = texts.get(text) ?? texts.size;
    texts.set(text, known);
    return known;
  };
  records.forEach((record, i) => {
    const from = i * WIDTH;
    if (record.kind === 'trace') {
      numbers[from + NUMBERS.kind] = IS_TRACE;
      traces.push(record);
    } else writeRow(record, numbers, from, numberOf);
  });
  numbers.set(places, records.length * WIDTH);
  const head: Head = {
    context: batch.context,
    records: records.length,
    texts: [...texts.keys()],
    traces,
    lineBytes: lines.length,
  };
  const headBytes = Buffer.from(JSON.stringify(head));
  const numbersAt = pad(HEAD_LENGTH_BYTES + headBytes.length);
  const bytes = new Uint8Array(numbersAt + numbers.byteLength + lines.length);
  new DataView(bytes.buffer).setUint32(0, headBytes.length, true);
  bytes.set(headBytes, HEAD_LENGTH_BYTES);
  bytes.set(new Uint8Array(numbers.buffer), numbersAt);
  bytes.set(lines, numbersAt + numbers.byteLength);
  return bytes;
}

/** Reads what `encodeBatch` wrote. Throws where the parts do not fit each other: every stage compares its counts. */
export function decodeBatch(bytes: Uint8Array): RecordBatch {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headLength = view.getUint32(0, true);
  const headText = Buffer.from(bytes.buffer, bytes.byteOffset + HEAD_LENGTH_BYTES, headLength).toString();
  const head = JSON.parse(headText) as Head;
  const numbersAt = pad(HEAD_LENGTH_BYTES + headLength);
  const count = head.records * (WIDTH + PLACE_NUMBERS);
  const linesAt = numbersAt + count * Float64Array.BYTES_PER_ELEMENT;
  if (linesAt + head.lineBytes !== bytes.length || head.context.records !== head.records) {
    throw new RangeError('a batch is not as long as it says');
  }
  // A copy, since the bytes may begin anywhere in their buffer; `slice` of a Buffer would be a view.
  const numbers = new Float64Array(new Uint8Array(bytes.subarray(numbersAt, linesAt)).buffer);
  const records: KeptRecord[] = [];
  let traces = 0;
  for (let i = 0; i < head.records; i++) {
    const from = i * WIDTH;
    const trace = numbers[from + NUMBERS.kind] === IS_TRACE ? head.traces[traces++] : undefined;
    records.push(trace ?? readRow(numbers, from, head.texts));
  }
  if (traces !== head.traces.length) throw new RangeError('a batch has other traces than it says');
  return {
    context: head.context,
    contextLine: encodeBatchLine(head.context),
    lines: bytes.subarray(linesAt),
    records,
    places: Array.from(numbers.subarray(head.records * WIDTH)),
  };
}

function writeRow(
  { row, source, startedLiveUs }: Kept<'span'>,
  numbers: Float64Array,
  from: number,
  numberOf: (text: string | undefined) => number,
): void {
  numbers[from + NUMBERS.startUs] = row.startUs;
  numbers[from + NUMBERS.endUs] = row.endUs;
  numbers[from + NUMBERS.kind] = row.kind;
  numbers[from + NUMBERS.flags] = row.flags;
  numbers[from + NUMBERS.inputTokens] = row.inputTokens;
  numbers[from + NUMBERS.outputTokens] = row.outputTokens;
  numbers[from + NUMBERS.cachedTokens] = row.cachedTokens;
  numbers[from + NUMBERS.reasoningTokens] = row.reasoningTokens;
  numbers[from + NUMBERS.totalTokens] = row.totalTokens;
  numbers[from + NUMBERS.cacheWriteTokens] = row.cacheWriteTokens;
  numbers[from + NUMBERS.callDigest] = row.callDigest;
  numbers[from + NUMBERS.resultDigest] = row.resultDigest;
  numbers[from + TEXTS.traceId] = numberOf(row.traceId);
  numbers[from + TEXTS.spanId] = numberOf(row.spanId);
  numbers[from + TEXTS.parentId] = numberOf(row.parentId);
  numbers[from + TEXTS.name] = numberOf(row.name);
  numbers[from + TEXTS.agent] = numberOf(row.agent);
  numbers[from + TEXTS.target] = numberOf(row.target);
  numbers[from + TEXTS.model] = numberOf(row.model);
  numbers[from + TEXTS.provider] = numberOf(row.provider);
  numbers[from + TEXTS.errorClass] = numberOf(row.errorClass);
  numbers[from + SOURCE] = numberOf(source);
  numbers[from + STARTED_LIVE] = startedLiveUs;
}

function readRow(numbers: Float64Array, from: number, texts: readonly string[]): Kept<'span'> {
  const number = (field: keyof typeof NUMBERS): number => numbers[from + NUMBERS[field]] ?? Number.NaN;
  const text = (place: number): string | undefined => texts[numbers[from + place] ?? NO_TEXT];
  const kind = number('kind');
  const [traceId, spanId, source] = [text(TEXTS.traceId), text(TEXTS.spanId), text(SOURCE)];
  if (!Number.isInteger(kind) || traceId === undefined || spanId === undefined) {
    throw new RangeError('a batch has a row that is none');
  }
  return {
    kind: 'span',
    row: {
      traceId,
      spanId,
      parentId: text(TEXTS.parentId),
      startUs: number('startUs'),
      endUs: number('endUs'),
      kind,
      flags: number('flags'),
      name: text(TEXTS.name),
      agent: text(TEXTS.agent),
      target: text(TEXTS.target),
      model: text(TEXTS.model),
      provider: text(TEXTS.provider),
      errorClass: text(TEXTS.errorClass),
      callDigest: number('callDigest'),
      resultDigest: number('resultDigest'),
      inputTokens: number('inputTokens'),
      outputTokens: number('outputTokens'),
      cachedTokens: number('cachedTokens'),
      reasoningTokens: number('reasoningTokens'),
      totalTokens: number('totalTokens'),
      cacheWriteTokens: number('cacheWriteTokens'),
    },
    ...(source !== undefined && { source }),
    startedLiveUs: numbers[from + STARTED_LIVE] ?? Number.NaN,
  };
}

function pad(size: number): number {
  return Math.ceil(size / 8) * 8;
}
