/**
 * Gives an event its place in the chain. A line of the log is the canonical JSON (RFC 8785) of its record, so that
 * there is one text for one record and any other byte shows.
 *
 *   000000… ◀─prev─ 1 ◀─prev─ 2 ◀─prev─ 3     hash = SHA-256(canonical JSON of all but `hash`)
 */
import { canonicalJson } from '../model/json.ts';
import { MOST_OBJECTS, NO_PREVIOUS, REASON_CHARACTERS } from './audit-record.ts';
import type { AuditEvent, AuditHead, AuditRecord } from './audit-record.ts';

/** SHA-256 of a text's UTF-8 bytes, in hex. */
export type HashText = (text: string) => string;

export interface SealedRecord {
  readonly record: AuditRecord;
  /** Without the line feed. */
  readonly line: string;
}

export function sealRecord(
  event: AuditEvent,
  before: AuditHead | undefined,
  { at, actor }: { readonly at: string; readonly actor: string },
  hashText: HashText,
): SealedRecord {
  const { reason } = event;
  const unsealed = {
    ...event,
    ...(reason !== undefined && { reason: wellFormed(reason).slice(0, REASON_CHARACTERS) }),
    ...(event.objects && { objects: event.objects.map(wellFormed) }),
    seq: (before?.seq ?? 0) + 1,
    at,
    actor: wellFormed(actor),
    prev: before?.hash ?? NO_PREVIOUS,
  };
  const hash = hashText(canonicalJson(unsealed));
  const record = { ...unsealed, hash };
  return { record, line: canonicalJson(record) };
}

/** Events whose objects do not fit into one record, cut; counts and reason stay with the first. */
export function* splitEvent(event: AuditEvent): Generator<AuditEvent> {
  const { objects, digests } = event;
  if (objects === undefined || objects.length <= MOST_OBJECTS) {
    yield event;
    return;
  }
  const { counts, ...rest } = event;
  for (let from = 0; from < objects.length; from += MOST_OBJECTS) {
    yield {
      ...rest,
      ...(from === 0 && counts && { counts }),
      objects: objects.slice(from, from + MOST_OBJECTS),
      ...(digests && { digests: digests.slice(from, from + MOST_OBJECTS) }),
    };
  }
}

/** RFC 8785 knows no half of a surrogate pair, and ids are of anybody's making. */
function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, '\u{fffd}');
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
