/** The one catalogue of what readers say: every code, its severity and its sentence. No text of a trace. */
import type { Diagnostic, Severity } from '../model/diagnostic.ts';
import type { ReadRecord } from './format.ts';

const CATALOGUE = {
  'bad-json': ['error', 'This record is not valid JSON and was left out.'],
  'broken-record': ['error', 'This record is cut short and was left out.'],
  'record-too-large': ['error', 'This record is larger than 64 MiB and was left out.'],
  'too-deep': ['error', 'This record nests deeper than 1,000 levels and was left out.'],
  'too-many-containers': [
    'error',
    'This record holds more than 1,000,000 objects and lists and was left out.',
  ],
  'not-utf8': ['error', 'This record is not valid UTF-8 and was left out.'],
  'not-an-object': ['error', 'This record is not a JSON object and was left out.'],
  'reserved-key': [
    'error',
    'This record uses a key that begins with "$", which the journal keeps for itself.',
  ],
  'unknown-object': ['error', 'This record is neither a trace nor a span and was left out.'],
  'event-without-item': ['error', 'This event carries no item and was left out.'],
  'trace-without-id': ['error', 'This trace has no usable id and was left out.'],
  'span-without-id': ['error', 'This span has no usable id and was left out.'],
  'span-without-trace-id': ['error', 'This span names no trace and was left out.'],
  'unknown-format': ['error', 'No reader recognised this file; tried: OpenAI Agents.'],
  'bad-gzip': ['error', 'The compressed data is damaged; what came before it was kept.'],
  'trailing-bytes': ['warning', 'Bytes behind the compressed data are no gzip and were passed over.'],
  'unreadable-file': ['error', 'The file could not be read.'],
  'cut-short': ['warning', 'The file ends inside its list of records; what stands before was read.'],
  'empty-file': ['warning', 'The file holds no records.'],
  'damaged-payload': ['error', 'A report of this span is damaged on disk and is not shown.'],
  'span-conflict': ['warning', 'Reports of this span differ; the larger canonical JSON was taken.'],
  'trace-conflict': ['warning', 'Reports of this trace differ in workflow, group or metadata.'],
  'parent-cycle': ['warning', 'Spans name each other as parent; the cycle was cut at its earliest span.'],
} as const satisfies Record<string, readonly [Severity, string]>;

export type MessageCode = keyof typeof CATALOGUE;

/** Makes the diagnostic of a code; `line` counts from 1. */
export function diagnose(code: MessageCode, line?: number): Diagnostic {
  const [severity, message] = CATALOGUE[code];
  return { code, severity, message, ...(line !== undefined && { line }) };
}

/** True for a code that the catalogue knows. */
export function isMessageCode(code: string): code is MessageCode {
  return Object.hasOwn(CATALOGUE, code);
}

/** A reader's refusal of one record. */
export function refuse(code: MessageCode): ReadRecord & { kind: 'reject' } {
  return { kind: 'reject', code };
}
