/** What a row of a table needs beside what a test is about. */
import { bareEntry, type TraceEntry } from '../../../../core/model/trace-entry.ts';

export const NO_ADDRESS = { offset: 0, length: 0, digest: 0 };

export function plainEntry(traceId: string): TraceEntry {
  return bareEntry(traceId);
}
