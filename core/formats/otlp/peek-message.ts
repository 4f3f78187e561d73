/**
 * Whether bytes are OTLP's protobuf, and of which signal. Nothing in them says so: traces, logs and metrics all
 * begin with field 1. So the way down to the first span, record or metric is walked, and that is looked at.
 */
export type Signal = 'traces' | 'logs' | 'metrics';

export interface Varint {
  readonly value: number;
  /** One past its last byte. */
  readonly end: number;
}

const LIST_TAG = 0x0a;
const CHILD_TAG = 0x12;
const TRACE_ID_BYTES = 16;

/** A whole number of at most five bytes; undefined where the bytes end or it is longer. */
export function readVarint(bytes: Uint8Array, start: number): Varint | undefined {
  let value = 0;
  for (let i = 0; i < 5; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value, end: start + i + 1 };
  }
  return undefined;
}

/** The signal of a message that begins at `start` with field 1, as far as the bytes tell. */
export function peekSignal(bytes: Uint8Array, start: number): Signal | undefined {
  if (bytes[start] !== LIST_TAG) return undefined;
  const length = readVarint(bytes, start + 1);
  return length === undefined ? undefined : peekEntry(bytes, length.end);
}

/** The same for the bytes of one entry of field 1. */
export function peekEntry(bytes: Uint8Array, start: number): Signal | undefined {
  const scope = findChild(bytes, start);
  const record = scope === undefined ? undefined : findChild(bytes, scope);
  return record === undefined ? undefined : judgeRecord(bytes, record);
}

/** Where the first field 2 inside a message begins, field 1 stepped over. */
function findChild(bytes: Uint8Array, start: number): number | undefined {
  for (let i = start; ;) {
    const tag = bytes[i];
    if (tag !== LIST_TAG && tag !== CHILD_TAG) return undefined;
    const length = readVarint(bytes, i + 1);
    if (length === undefined) return undefined;
    if (tag === CHILD_TAG) return length.end;
    i = length.end + length.value;
  }
}

function judgeRecord(bytes: Uint8Array, start: number): Signal | undefined {
  switch (bytes[start]) {
    case LIST_TAG: {
      // The trace id of a span, or the name of a metric.
      const length = readVarint(bytes, start + 1);
      if (length === undefined) return undefined;
      const isSpan = length.value === TRACE_ID_BYTES && bytes[length.end + length.value] === CHILD_TAG;
      return isSpan && bytes[length.end + TRACE_ID_BYTES + 1] === 8 ? 'traces' : 'metrics';
    }
    // Times and the severity of a log record.
    case 0x09:
    case 0x10:
    case 0x59:
      return 'logs';
    default:
      return undefined;
  }
}
