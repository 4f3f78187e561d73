/** Judges a report that was read from a disk, where anything may have been written into it. */
import { isJsonList, isJsonObject, ownAt, type Json } from '../../../core/model/json.ts';
import type { FileReport } from '../../../core/rpc/contract.ts';

const MOST_LEVELS = 8;

export function isFileReport(value: unknown, levels = MOST_LEVELS): value is FileReport {
  if (!isJsonObject(value) || levels === 0) return false;
  const { path, format, traces, spans, skipped, diagnostics, entries } = value;
  return (
    typeof path === 'string' &&
    typeof format === 'string' &&
    [traces, spans, skipped].every((count) => typeof count === 'number') &&
    isJsonList(diagnostics) &&
    diagnostics.every(isDiagnostic) &&
    ['skippedBy', 'unreadAttributes'].every((key) => isCounts(ownAt(value, key))) &&
    (entries === undefined ||
      (isJsonList(entries) && entries.every((each) => isFileReport(each, levels - 1))))
  );
}

function isDiagnostic(value: Json): boolean {
  return (
    isJsonObject(value) && ['severity', 'code', 'message'].every((key) => typeof value[key] === 'string')
  );
}

function isCounts(value: Json | undefined): boolean {
  if (value === undefined) return true;
  return isJsonObject(value) && Object.values(value).every((count) => typeof count === 'number');
}
