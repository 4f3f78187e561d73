/** A line of the journal as a report of a span, whatever format wrote it. */
import { detectFormat } from '../../../core/formats/registry.ts';
import type { Json } from '../../../core/model/json.ts';
import { reportText, type SpanReport } from '../../../core/model/merge-records.ts';
import type { ReportTextAt } from './folded-trace.ts';
import type { JournalAddress } from './gather-trace.ts';

/** Reads one record; undefined where it is damaged. */
export type RecordAt = (address: JournalAddress) => Json | undefined;

export function readReportAt(address: JournalAddress, recordAt: RecordAt): SpanReport | undefined {
  const record = recordAt(address);
  return record === undefined ? undefined : detectFormat(record)?.readReport(record);
}

/** The text that orders reports of equal rank; a damaged line stands before all others. */
export function makeReportTextAt(recordAt: RecordAt): ReportTextAt {
  return (address) => {
    const report = readReportAt(address, recordAt);
    return report === undefined ? '' : reportText(report);
  };
}
