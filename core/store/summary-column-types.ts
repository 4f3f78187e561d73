/** The columns that the list of traces is kept in: 111 bytes a trace. */
import type { TokenBasis, TraceStatus } from '../model/trace-summary.ts';

/** Widest first, so that each starts aligned when they are written one behind the other. */
export const SUMMARY_COLUMN_TYPES = {
  startedUs: Float64Array,
  durationMs: Float64Array,
  /** Tokens: NaN is unknown. Doubles, since a long trace passes four thousand million. */
  inputTokens: Float64Array,
  outputTokens: Float64Array,
  cachedTokens: Float64Array,
  reasoningTokens: Float64Array,
  totalTokens: Float64Array,
  idA: Uint32Array,
  idB: Uint32Array,
  idC: Uint32Array,
  idD: Uint32Array,
  /** Codes in `names`. */
  workflow: Uint32Array,
  /** Codes in `ids`. */
  group: Uint32Array,
  /** Numbers in `lists`. */
  agents: Uint32Array,
  models: Uint32Array,
  sources: Uint32Array,
  origins: Uint32Array,
  path: Uint32Array,
  stops: Uint32Array,
  spans: Uint32Array,
  errors: Uint32Array,
  /** 0: no trace stands in this row. */
  idForm: Uint8Array,
  status: Uint8Array,
  basis: Uint8Array,
} as const;

export type SummaryColumnName = keyof typeof SUMMARY_COLUMN_TYPES;
export type SummaryColumnArrays = {
  [Name in SummaryColumnName]: InstanceType<(typeof SUMMARY_COLUMN_TYPES)[Name]>;
};

export const SUMMARY_COLUMN_NAMES = Object.keys(SUMMARY_COLUMN_TYPES) as SummaryColumnName[];

/** Codes of a status and a basis are their places here, also in what is stored: none ever moves. */
export const STATUS_CODES: readonly TraceStatus[] = ['in_progress', 'completed', 'failed'];
export const BASIS_CODES: readonly TokenBasis[] = ['model-spans', 'root-task', 'turns', 'partial', 'unknown'];

export function makeSummaryColumns(capacity: number): SummaryColumnArrays {
  return {
    startedUs: new Float64Array(capacity),
    durationMs: new Float64Array(capacity),
    inputTokens: new Float64Array(capacity),
    outputTokens: new Float64Array(capacity),
    cachedTokens: new Float64Array(capacity),
    reasoningTokens: new Float64Array(capacity),
    totalTokens: new Float64Array(capacity),
    idA: new Uint32Array(capacity),
    idB: new Uint32Array(capacity),
    idC: new Uint32Array(capacity),
    idD: new Uint32Array(capacity),
    workflow: new Uint32Array(capacity),
    group: new Uint32Array(capacity),
    agents: new Uint32Array(capacity),
    models: new Uint32Array(capacity),
    sources: new Uint32Array(capacity),
    origins: new Uint32Array(capacity),
    path: new Uint32Array(capacity),
    stops: new Uint32Array(capacity),
    spans: new Uint32Array(capacity),
    errors: new Uint32Array(capacity),
    idForm: new Uint8Array(capacity),
    status: new Uint8Array(capacity),
    basis: new Uint8Array(capacity),
  };
}
