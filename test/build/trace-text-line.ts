/** The notation of one drawn line (README.md): its name, kind, times and tags, before anything is made of it. */
import { SPAN_KINDS, type SpanKind } from '../../core/model/span-kind.ts';
import type { DurationMs } from '../../core/model/time.ts';

/** A line that draws a span. */
export interface SpanLine {
  readonly depth: number;
  /** undefined where the drawing says `-`. */
  readonly name: string | undefined;
  readonly kind: SpanKind;
  /** undefined: the drawing says `?`. */
  readonly startMs: DurationMs | undefined;
  /** undefined: still open. */
  readonly endMs: DurationMs | undefined;
  readonly tags: Tags;
}

/** The words behind a line: `key=value` pairs, bare words, and the error's message. */
export interface Tags {
  readonly values: ReadonlyMap<string, string>;
  readonly words: ReadonlySet<string>;
  readonly error: string | undefined;
}

const LINE = new RegExp(
  String.raw`^( *)(\S.*?) +(${SPAN_KINDS.join('|')}) +(\?|[\d.]*\d)(?:-+([\d.]*\d)|(\.\.+|-+))?(?: +(.*))?$`,
);
const TAG = /!"([^"]*)"|!(\S+)|([\w.]+)="([^"]*)"|([\w.]+)=(\S+)|(\S+)/g;
const KNOWN_VALUES = new Set([
  ...['in', 'out', 'cached', 'written', 'reasoning', 'total', 'model', 'agent', 'id', 'parent', 'to'],
  ...['workflow', 'group', 'metadata'],
]);
const KNOWN_WORDS = new Set(['tripped', 'live', 'ended']);

/** Reads a line; throws on one that does not follow the notation, since that is the test's own mistake. */
export function readSpanLine(line: string): SpanLine {
  const match = LINE.exec(line);
  if (match === null) throw new Error(`not a drawn span: "${line}"`);
  const [, indent = '', name = '', kind = '', start = '', end, open, tags = ''] = match;
  const startMs = start === '?' ? undefined : Number(start);
  return {
    depth: indent.length / 2,
    name: name === '-' ? undefined : name,
    kind: kind as SpanKind,
    startMs,
    endMs: end !== undefined ? Number(end) : open === undefined ? startMs : undefined,
    tags: readTags(tags),
  };
}

/** Reads the words behind a line. */
export function readTags(text: string): Tags {
  const values = new Map<string, string>();
  const words = new Set<string>();
  let error: string | undefined;
  for (const [, quoted, bare, key, quotedValue, key2, value, word] of text.matchAll(TAG)) {
    const name = key ?? key2;
    if (quoted !== undefined || bare !== undefined) error = quoted ?? bare;
    else if (name !== undefined && KNOWN_VALUES.has(name)) values.set(name, quotedValue ?? value ?? '');
    else if (word !== undefined && KNOWN_WORDS.has(word)) words.add(word);
    else throw new Error(`unknown tag "${name ?? word ?? ''}" in "${text}"`);
  }
  return { values, words, error };
}
