/**
 * Finds words in the entries of a conversation. Of a call only what is new in it counts, so that a question
 * is found where it was asked and not in each call that repeats it.
 */
import type { CallEntry, ConversationEntry } from '../../../core/analysis/conversation.ts';
import type { ConversationLine } from '../../../core/analysis/conversation-lines.ts';
import type { Message } from '../../../core/analysis/message.ts';
import { readMessages } from '../../../core/analysis/messages.ts';
import { objectAt, ownAt, type JsonObject } from '../../../core/model/json.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import { readLines, type KnownRecords } from './call-lines.ts';
import { jsonWords, wordsOf } from './conversation-words.ts';

/** Records by row. */
export type ReadRecords = (
  rows: readonly number[],
) => Promise<ReadonlyMap<number, { readonly record: JsonObject }>>;

export interface SearchStep {
  /** Places of entries that hold the words. */
  readonly found: readonly number[];
  /** How many entries were looked through so far. */
  readonly searched: number;
}

const PART = 24;
/** Runs that go on at the same time are few; what was said longer ago is asked for by none. */
const MOST_SPOKEN = 200;

/** Looks through all entries once, in order and in parts. */
export async function* findWords(
  words: string,
  table: SpanTable,
  entries: readonly ConversationEntry[],
  read: ReadRecords,
): AsyncGenerator<SearchStep> {
  const wanted = words.toLowerCase();
  const spoken = new Map<number, readonly Message[]>();
  for (let from = 0; from < entries.length; from += PART) {
    const part = entries.slice(from, from + PART);
    const records = await readPart(part, spoken, read);
    const found = part.flatMap((entry, i) => {
      const texts = entryWords(table, entries, entry, records);
      return texts.some((text) => text.toLowerCase().includes(wanted)) ? [from + i] : [];
    });
    yield { found, searched: from + part.length };
  }
}

/** `spoken`: the messages of calls that later ones may go on from, by row. */
async function readPart(
  part: readonly ConversationEntry[],
  spoken: Map<number, readonly Message[]>,
  read: ReadRecords,
): Promise<KnownRecords> {
  const rows = part.flatMap((entry) => (entry.kind === 'call' ? [entry.row, ...entry.tools] : [entry.row]));
  const known = await read(rows);
  const calls = part.filter((entry): entry is CallEntry => entry.kind === 'call');
  for (const { row } of calls) {
    const record = known.get(row)?.record;
    spoken.set(row, record === undefined ? [] : readMessages(objectAt(record, 'span_data') ?? {}));
  }
  for (const row of spoken.keys()) {
    if (spoken.size <= MOST_SPOKEN) break;
    spoken.delete(row);
  }
  return { get: (row) => known.get(row), messages: (row) => spoken.get(row) ?? [] };
}

function entryWords(
  table: SpanTable,
  entries: readonly ConversationEntry[],
  entry: ConversationEntry,
  records: KnownRecords,
): readonly string[] {
  if (entry.kind === 'call') return readLines(table, entries, entry, records).map(lineWords);
  const record = records.get(entry.row)?.record;
  const data = (record === undefined ? undefined : objectAt(record, 'span_data')) ?? {};
  return [table.name(entry.row), jsonWords(ownAt(data, 'input')), jsonWords(ownAt(data, 'output'))];
}

function lineWords(line: ConversationLine): string {
  switch (line.kind) {
    case 'repeated':
      return '';
    case 'message':
      return line.parts.map(wordsOf).join('\n');
    case 'tool': {
      const name = line.call?.name ?? line.run?.name ?? '';
      return [name, jsonWords(line.call?.input ?? line.run?.input), jsonWords(line.result)].join('\n');
    }
  }
}
