/** Where the gate writes what it decided. An entry that cannot be written stops what it was to tell of. */
export interface AuditEntry {
  readonly action: 'denied' | 'skeleton' | 'sampled-away' | 'redacted' | 'withheld';
  /** The plugin and its version, such as `access@1.0.0`. */
  readonly by: string;
  readonly reason: string;
  readonly traceId?: string;
  /** Spans that were sampled away, or values that were replaced, by type. */
  readonly counts?: Readonly<Record<string, number>>;
}

export interface AuditTrail {
  /** Resolves when the entry is kept. */
  append(entry: AuditEntry): Promise<void>;
}

/** While nobody keeps a trail. */
export const NO_AUDIT: AuditTrail = { append: () => Promise.resolve() };
