/** What page and host say of the audit log, of legal holds, and of erasing a person. */
import type { AuditAction, AuditHead, AuditRecord } from '../audit/audit-record.ts';

export { AUDIT_ACTIONS, type AuditAction, type AuditRecord } from '../audit/audit-record.ts';

export interface AuditState {
  readonly isOn: boolean;
  /** The folder of the log. */
  readonly path: string;
  /** null while there is no record. */
  readonly head: AuditHead | null;
  /** Why nothing can be recorded, so that nothing is done that should be; null where all is well. */
  readonly problem: string | null;
  /** Account of the operating system that records are attributed to. */
  readonly actor: string;
}

/** A head to be kept somewhere else. Its signature is over the canonical JSON of the other fields. */
export interface SignedHead extends AuditHead {
  /** ISO 8601. */
  readonly at: string;
  readonly journalId: string;
  /** Ed25519, base64. */
  readonly signature: string;
}

export type AuditVerdict =
  | { readonly ok: true; readonly records: number; readonly head: string }
  | {
      readonly ok: false;
      readonly records: number;
      readonly head: string;
      /** Of the first bad record, from 0. */
      readonly index: number;
      readonly file?: string;
      readonly line?: number;
      readonly message: string;
    };

export const HOLD_KINDS = ['trace', 'group', 'query'] as const;
export type HoldKind = (typeof HOLD_KINDS)[number];

/** Traces that nothing deletes: no person, no rule of retention, no erasure. */
export interface Hold {
  readonly id: string;
  readonly kind: HoldKind;
  /** Id of a trace or of a group, or a query: what matches when something is to be deleted is held. */
  readonly value: string;
  readonly reason: string;
  /** ISO 8601. */
  readonly at: string;
  readonly actor: string;
  /** That were meant when it was set: these stay held, whatever they match later. */
  readonly traceIds: readonly string[];
}

/** A hold, and how many stored traces it keeps just now. */
export type ListedHold = Omit<Hold, 'traceIds'> & { readonly traces: number };

/** What erasing a person does, or would do. */
export interface Erasure {
  readonly traces: number;
  readonly spans: number;
  /** Held traces are left; whoever asks has to release the hold first. */
  readonly held: number;
  /** Lines that are still on the disk, since a segment could not be rewritten: 0 where all is gone. */
  readonly tracesLeft: number;
}

/** Errors: `unavailable` where the log is on and cannot be written, `bad-hold` with a sentence. */
export interface AuditRequests {
  'audit.state': { params: Record<string, never>; result: AuditState };
  /** The newest first. `next`: `before` of the next page, null at the beginning of the log. */
  'audit.list': {
    params: { readonly before?: number; readonly limit?: number; readonly action?: AuditAction };
    result: { readonly records: readonly AuditRecord[]; readonly next: number | null };
  };
  /** Judges the whole chain; `head`: a hash that must be in it. */
  'audit.verify': { params: { readonly head?: string }; result: AuditVerdict };
  /** Signs the head; makes a key where there is none. Error `no-records` for an empty log. */
  'audit.sign': {
    params: Record<string, never>;
    result: { readonly head: SignedHead; readonly publicKey: string };
  };
  /** Deletes all traces of a user, takes them off the disk, and destroys the keys of their digests. */
  'audit.erase': { params: { readonly userId: string; readonly dryRun: boolean }; result: Erasure };
  'holds.list': { params: Record<string, never>; result: { readonly holds: readonly ListedHold[] } };
  'holds.add': {
    params: { readonly kind: HoldKind; readonly value: string; readonly reason: string };
    result: { readonly hold: ListedHold };
  };
  /** Unknown id: error `unknown-hold`. */
  'holds.release': {
    params: { readonly id: string; readonly reason: string };
    result: Record<string, never>;
  };
  /** The holds that keep a trace. */
  'holds.of': {
    params: { readonly traceId: string };
    result: { readonly holds: readonly Omit<Hold, 'traceIds'>[] };
  };
}

export interface AuditEvents {
  /** There are further records, or the log was switched on or off. */
  'audit.changed': AuditState;
  'holds.changed': Record<string, never>;
}
