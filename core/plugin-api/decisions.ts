/** What access and sampling decide, always with a reason, and the words by which a plugin says it. */

/** May a trace be stored: wholly, not at all, or with its ids, times and kinds alone. */
export interface AccessDecision {
  readonly decision: 'allow' | 'deny' | 'skeleton';
  /** Shown to people and kept in records; it must hold nothing of the trace. */
  readonly reason: string;
}

/** Is a trace to be kept. */
export interface KeepDecision {
  readonly decision: 'keep' | 'drop';
  readonly reason: string;
}

/** Before a trace has ended it may also be left open. */
export interface DeferDecision {
  readonly decision: 'defer';
  readonly reason: string;
}

export type Decision = KeepDecision | DeferDecision;

export function allow(reason = 'allowed'): AccessDecision {
  return { decision: 'allow', reason };
}

export function deny(reason: string): AccessDecision {
  return { decision: 'deny', reason };
}

export function skeleton(reason: string): AccessDecision {
  return { decision: 'skeleton', reason };
}

export function keep(reason: string): KeepDecision {
  return { decision: 'keep', reason };
}

export function drop(reason: string): KeepDecision {
  return { decision: 'drop', reason };
}

/** Leave it to tailSample. */
export function defer(reason = 'to be decided at its end'): DeferDecision {
  return { decision: 'defer', reason };
}

/**
 * A number from 0 up to 1 that depends on the text alone and is spread evenly: `hash01(trace.id) < 0.1` is a tenth of
 * all traces, and the same ones whenever it is asked, so that a trace that is sent twice is decided once.
 */
export function hash01(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  // FNV alone leaves neighbours close together; this stirs every bit into every other.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}
