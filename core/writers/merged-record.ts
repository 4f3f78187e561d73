/** The one record of a span that was reported several times, for targets that hold each span once. */
import { openaiAgents } from '../formats/openai-agents.ts';
import type { JsonObject } from '../model/json.ts';
import { mergeSpanRecords, type MergedRecord } from '../model/merge-records.ts';
import type { ExportedSpan } from './exported-trace.ts';

export function mergeExported({ records }: ExportedSpan): MergedRecord {
  return mergeSpanRecords(records.flatMap((record: JsonObject) => openaiAgents.readReport(record) ?? []));
}
