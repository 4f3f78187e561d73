/** A line of the log as its record; undefined where it is none. What is read was written by us, or by somebody else since. */
import { AUDIT_ACTIONS, type AuditRecord } from '../../../core/audit/audit-record.ts';
import { isJsonObject, numberAt, stringAt, type Json } from '../../../core/model/json.ts';

export function readLogLine(line: string): AuditRecord | undefined {
  let value: Json;
  try {
    value = JSON.parse(line) as Json;
  } catch {
    return undefined;
  }
  if (!isJsonObject(value)) return undefined;
  const action = stringAt(value, 'action');
  const isOurs =
    numberAt(value, 'seq') !== undefined &&
    ['at', 'actor', 'prev', 'hash'].every((name) => stringAt(value, name) !== undefined) &&
    AUDIT_ACTIONS.some((known) => known === action);
  // The fields that are looked at without a check were looked at here; the others are optional.
  return isOurs ? (value as unknown as AuditRecord) : undefined;
}
