/** What a call shows, from the records that have been read: its own, those of its neighbours and of its tools. */
import {
  computeLines,
  type ConversationLine,
  type ToolRun,
} from '../../../core/analysis/conversation-lines.ts';
import type { CallEntry, ConversationEntry } from '../../../core/analysis/conversation.ts';
import type { Message } from '../../../core/analysis/message.ts';
import { objectAt, ownAt, stringAt, type JsonObject } from '../../../core/model/json.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';

/** What is known of records; `undefined` and no messages where none has been read. */
export interface KnownRecords {
  readonly get: (row: number) => { readonly record: JsonObject } | undefined;
  readonly messages: (row: number) => readonly Message[];
}

/** Rows that a call needs to be shown, the own one first. */
export function rowsOfCall(entries: readonly ConversationEntry[], call: CallEntry): readonly number[] {
  const near = [call.before, call.earlier, call.after].flatMap((place) => {
    const entry = entries[place];
    return entry === undefined ? [] : [entry.row];
  });
  return [call.row, ...call.tools, ...near];
}

export function readLines(
  table: SpanTable,
  entries: readonly ConversationEntry[],
  call: CallEntry,
  records: KnownRecords,
): readonly ConversationLine[] {
  const near = (place: number): readonly Message[] => {
    const entry = entries[place];
    return entry === undefined ? [] : records.messages(entry.row);
  };
  return computeLines({
    messages: records.messages(call.row),
    before: near(call.before),
    earlier: near(call.earlier),
    after: near(call.after),
    runs: call.tools.map((row) => readRun(table, row, records)),
  });
}

export function readRun(table: SpanTable, row: number, records: KnownRecords): ToolRun {
  const record = records.get(row)?.record;
  const data = record === undefined ? undefined : objectAt(record, 'span_data');
  return {
    row,
    name: table.name(row),
    input: data === undefined ? undefined : (ownAt(data, 'input') ?? undefined),
    output: data === undefined ? undefined : (ownAt(data, 'output') ?? undefined),
  };
}

/** The error that a record tells, in its own words. */
export function errorOf(record: JsonObject | undefined): string | undefined {
  if (record === undefined) return undefined;
  const error = ownAt(record, 'error');
  if (error === undefined || error === null) return undefined;
  if (typeof error === 'string') return error;
  const told = objectAt(record, 'error') ?? {};
  const inner = objectAt(told, 'data');
  const why = inner === undefined ? undefined : stringAt(inner, 'error');
  return [
    stringAt(told, 'message') ?? 'An error without a message',
    ...(why === undefined ? [] : [why]),
  ].join(': ');
}
