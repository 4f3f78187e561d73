/** The columns that rows of spans are kept in: their names, their types and their order. */
/** Every column, widest first so that each starts aligned when they are written one behind the other. */
export const COLUMN_TYPES = {
  startUs: Float64Array,
  endUs: Float64Array,
  offset: Uint32Array,
  length: Uint32Array,
  /** crc32 of the line: equal copies of a span are known without reading them. */
  digest: Uint32Array,
  idA: Uint32Array,
  idB: Uint32Array,
  idC: Uint32Array,
  parentA: Uint32Array,
  parentB: Uint32Array,
  parentC: Uint32Array,
  /** Place in `traces`. */
  trace: Uint32Array,
  name: Uint32Array,
  agent: Uint32Array,
  target: Uint32Array,
  model: Uint32Array,
  provider: Uint32Array,
  errorClass: Uint32Array,
  /** Not strings: `digestJson` of what a tool was asked and of what it answered; 0 = none. */
  callDigest: Uint32Array,
  resultDigest: Uint32Array,
  inputTokens: Int32Array,
  outputTokens: Int32Array,
  cachedTokens: Int32Array,
  cacheWriteTokens: Int32Array,
  reasoningTokens: Int32Array,
  totalTokens: Int32Array,
  idForm: Uint8Array,
  parentForm: Uint8Array,
  kind: Uint8Array,
  flags: Uint8Array,
} as const;

export type ColumnName = keyof typeof COLUMN_TYPES;
export type Columns = { -readonly [Name in ColumnName]: InstanceType<(typeof COLUMN_TYPES)[Name]> };

export const COLUMN_NAMES = Object.keys(COLUMN_TYPES) as ColumnName[];

/** Zeroed columns with room for `capacity` rows. */
export function makeColumns(capacity: number): Columns {
  return {
    startUs: new Float64Array(capacity),
    endUs: new Float64Array(capacity),
    offset: new Uint32Array(capacity),
    length: new Uint32Array(capacity),
    digest: new Uint32Array(capacity),
    idA: new Uint32Array(capacity),
    idB: new Uint32Array(capacity),
    idC: new Uint32Array(capacity),
    parentA: new Uint32Array(capacity),
    parentB: new Uint32Array(capacity),
    parentC: new Uint32Array(capacity),
    trace: new Uint32Array(capacity),
    name: new Uint32Array(capacity),
    agent: new Uint32Array(capacity),
    target: new Uint32Array(capacity),
    model: new Uint32Array(capacity),
    provider: new Uint32Array(capacity),
    errorClass: new Uint32Array(capacity),
    callDigest: new Uint32Array(capacity),
    resultDigest: new Uint32Array(capacity),
    inputTokens: new Int32Array(capacity),
    outputTokens: new Int32Array(capacity),
    cachedTokens: new Int32Array(capacity),
    cacheWriteTokens: new Int32Array(capacity),
    reasoningTokens: new Int32Array(capacity),
    totalTokens: new Int32Array(capacity),
    idForm: new Uint8Array(capacity),
    parentForm: new Uint8Array(capacity),
    kind: new Uint8Array(capacity),
    flags: new Uint8Array(capacity),
  };
}
