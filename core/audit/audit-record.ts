/** What the audit log keeps of one event: who, what, of what, by which rule. Never anything of a payload. */

/** In the order in which a filter lists them. */
export const AUDIT_ACTIONS = [
  'begun',
  'stored',
  'denied',
  'skeleton',
  'withheld',
  'redacted',
  'sampled-away',
  'opened',
  'exported',
  'deleted',
  'retention',
  'erased',
  'hold-set',
  'hold-released',
  'settings-changed',
  'plugin-installed',
  'plugin-enabled',
  'plugin-disabled',
  'plugin-changed',
  'plugin-removed',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** An event before it has its place in the chain. */
export interface AuditEvent {
  readonly action: AuditAction;
  /** Ids of traces, plugins, holds or settings; at most `MOST_OBJECTS`, what is more goes into a further record. */
  readonly objects?: readonly string[];
  /** Beside each object, the keyed digest of what was stored of it. The key is in no record. */
  readonly digests?: readonly string[];
  /** The plugin that decided, with its version: `access@1.0.0`. */
  readonly by?: string;
  /** SHA-256 of that plugin's files. */
  readonly bundle?: string;
  /** SHA-256 of the settings or the policy that was in force. */
  readonly policy?: string;
  readonly reason?: string;
  readonly counts?: Readonly<Record<string, number>>;
}

export interface AuditRecord extends AuditEvent {
  /** From 1 on, without a gap. */
  readonly seq: number;
  /** ISO 8601, UTC, microseconds: the host's clock. */
  readonly at: string;
  /** Account of the operating system under which the host ran: attribution, not authentication. */
  readonly actor: string;
  /** `hash` of the record before; 64 zeros in the first. */
  readonly prev: string;
  /** SHA-256, in hex, of the canonical JSON of everything else in the record. */
  readonly hash: string;
}

export const MOST_OBJECTS = 100;
/** What a plugin says as its reason is its own text: cut, so that no payload fits. */
export const REASON_CHARACTERS = 200;
export const NO_PREVIOUS = '0'.repeat(64);

/** The last record of a log, which stands for all before it. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}
