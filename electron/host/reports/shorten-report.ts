/** A report that is kept for long: its counts whole, its lists no longer than a person reads. */
import type { FileReport } from '../../../core/rpc/contract.ts';

const MOST_DIAGNOSTICS = 100;
const MOST_ATTRIBUTES = 50;
const MOST_ENTRIES = 50;

const MOST_DIAGNOSTICS_OF_ENTRY = 10;

/** Of a zip the files in it, too, each with its first few diagnostics. */
export function shortenReport(report: FileReport, mostDiagnostics = MOST_DIAGNOSTICS): FileReport {
  const { diagnostics, unreadAttributes, entries, ...rest } = report;
  const unread = Object.entries(unreadAttributes ?? {}).sort(([, a], [, b]) => b - a);
  return {
    ...rest,
    diagnostics: diagnostics.slice(0, mostDiagnostics),
    ...(unread.length > 0 && { unreadAttributes: Object.fromEntries(unread.slice(0, MOST_ATTRIBUTES)) }),
    ...(entries !== undefined && {
      entries: entries.slice(0, MOST_ENTRIES).map((entry) => shortenReport(entry, MOST_DIAGNOSTICS_OF_ENTRY)),
    }),
  };
}
