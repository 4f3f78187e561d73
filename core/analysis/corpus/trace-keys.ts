/** What a trace belongs to beside its workflow: a group or session, a user, a day. */
import { readBegunUs } from '../../model/begun-us.ts';
import { ownAt } from '../../model/json.ts';
import { writeIsoUs, type DurationUs, type EpochUs } from '../../model/time.ts';
import type { TraceSummary } from '../../model/trace-summary.ts';

/** Under what others keep what the SDK calls a group, where their readers have not made one of it. */
const SESSION_FIELDS = [
  'session_id',
  'sessionId',
  'session.id',
  'langfuse.session.id',
  'conversation_id',
  'conversationId',
  'gen_ai.conversation.id',
  'thread_id',
] as const;

export interface GroupKey {
  readonly id: string;
  /** The field of the metadata that says it; empty: the trace has a group. */
  readonly field: string;
}

export function findGroup({ groupId, metadata }: TraceSummary): GroupKey | undefined {
  if (groupId !== null && groupId !== '') return { id: groupId, field: '' };
  for (const field of SESSION_FIELDS) {
    const value = ownAt(metadata, field);
    if (typeof value === 'string' && value !== '') return { id: value, field };
  }
  return undefined;
}

/** Local time minus UTC at a time. */
export type ZoneOffset = (us: EpochUs) => DurationUs;

/** `2026-09-23`; empty where nobody knows. */
export function dayOf(summary: TraceSummary, zoneOffsetUs: ZoneOffset): string {
  const begunUs = readBegunUs(summary);
  return Number.isNaN(begunUs) ? '' : writeIsoUs(begunUs + zoneOffsetUs(begunUs)).slice(0, 10);
}
