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
  'unknown-format': ['error', 'No reader recognised this file; tried: {tried}.'],
  'ambiguous-format': ['error', 'The file may be of several formats and was not read: {tried}.'],
  'metrics-not-kept': ['info', 'Metrics are not kept.'],
  'log-not-kept': ['info', "Log records that say nothing of a span's messages are not kept."],
  'bad-protobuf': ['error', 'These bytes are no protobuf of the format and were left out.'],
  'bad-gzip': ['error', 'The compressed data is damaged; what came before it was kept.'],
  'bad-zip': ['error', 'The zip is damaged or of an unknown kind; what came before was kept.'],
  'bundle-damaged': ['error', 'The bundle is damaged in {entry}; nothing of it was imported.'],
  'bundle-not-readable': [
    'error',
    'The file is no whole bundle: its directory cannot be read. Nothing was imported.',
  ],
  'bundle-bad-name': [
    'error',
    'The bundle holds an entry whose name is refused; nothing of it was imported.',
  ],
  'bundle-double-name': ['error', 'Two entries of the bundle have one name; nothing of it was imported.'],
  'bundle-bad-entry': [
    'error',
    'The bundle has an entry that its manifest does not name or that is no plain file; nothing of it was imported.',
  ],
  'bundle-overlap': ['error', 'Entries of the bundle lie over each other; nothing of it was imported.'],
  'bundle-too-dense': ['error', 'The bundle unpacks to far more than traces do; nothing of it was imported.'],
  'bundle-newer': [
    'error',
    'The bundle is of a newer version than this program reads; nothing of it was imported.',
  ],
  'bundle-without-manifest': [
    'error',
    'The bundle has no manifest that can be read; nothing of it was imported.',
  ],
  'zip-too-dense': ['error', 'The zip unpacks to far more than traces do; what came before was kept.'],
  'trailing-bytes': ['warning', 'Bytes behind the compressed data are no gzip and were passed over.'],
  'negative-duration': ['warning', 'This span ends before it starts; it is shown as ending at its start.'],
  'missing-duration': [
    'warning',
    'This span says nothing of how long it took; it is shown without a length.',
  ],
  'unclosed-span': ['warning', 'This span begins and never ends; it is kept as still open.'],
  'unmatched-end': ['warning', 'This event ends a span that never began and was left out.'],
  'crossed-spans': [
    'info',
    'Spans of one thread end in another order than they began; they are kept as they are.',
  ],
  'not-a-span': ['info', 'Counters, instants, flows and other events that are no spans are not kept.'],
  'no-time-unit': ['info', 'The profile counts no time; each of its units is shown as a microsecond.'],
  'bad-frame': ['warning', 'This event names a frame that the file does not list and was left out.'],
  'unreadable-file': ['error', 'The file could not be read.'],
  'cut-short': ['warning', 'The file ends inside its list of records; what stands before was read.'],
  'empty-file': ['warning', 'The file holds no records.'],
  'kept-away': [
    'warning',
    'Records of deleted traces that are to stay away were left out: {count}. Import with --bring-back to have them again.',
  ],
  'access-denied': ['warning', 'Records of traces that access denies were not stored: {count}.'],
  withheld: ['warning', 'Records that could not be redacted are stored as skeletons: {count}.'],
  'damaged-payload': ['error', 'A report of this span is damaged on disk and is not shown.'],
  'span-conflict': ['warning', 'Reports of this span differ; the larger canonical JSON was taken.'],
  'trace-conflict': ['warning', 'Reports of this trace differ in workflow, group or metadata.'],
  'parent-cycle': ['warning', 'Spans name each other as parent; the cycle was cut at its earliest span.'],
} as const satisfies Record<string, readonly [Severity, string]>;

export type MessageCode = keyof typeof CATALOGUE;

/** Makes the diagnostic of a code; `line` counts from 1. */
export function diagnose(code: MessageCode, line?: number): Diagnostic {
  return diagnoseAt(code, line === undefined ? {} : { line });
}

/** The same for any place; `words` stand for what the sentence has in braces, and are never of the trace. */
export function diagnoseAt(
  code: MessageCode,
  { line, offset }: { readonly line?: number; readonly offset?: number },
  words: { readonly [name: string]: string } = {},
): Diagnostic {
  const [severity, sentence] = CATALOGUE[code];
  const message = sentence.replace(/\{(\w+)\}/g, (_, name: string) => words[name] ?? '');
  return {
    code,
    severity,
    message,
    ...(line !== undefined && { line }),
    ...(offset !== undefined && { offset }),
  };
}

/** How much a code matters. */
export function severityOf(code: MessageCode): Severity {
  return CATALOGUE[code][0];
}

/** True for a code that the catalogue knows. */
export function isMessageCode(code: string): code is MessageCode {
  return Object.hasOwn(CATALOGUE, code);
}

/** A reader's refusal of one record. */
export function refuse(code: MessageCode): ReadRecord & { kind: 'reject' } {
  return { kind: 'reject', code };
}
