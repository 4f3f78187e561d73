/** Judges what access and sampling decided. What is none is told as a fault, and the host does what the hook's rule says. */
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { AccessDecision, Decision } from './decisions.ts';

/** A reason is shown to people; a longer one is no reason any more. */
const MAX_REASON = 200;

export type CheckedDecision<Kind> =
  { readonly kind: 'decision'; readonly decision: Kind } | { readonly kind: 'fault'; readonly fault: string };

/** What `access` answered. */
export function checkAccessDecision(value: Json): CheckedDecision<AccessDecision> {
  return check<AccessDecision>(
    value,
    ['allow', 'deny', 'skeleton'],
    'allow(), deny(reason) or skeleton(reason)',
  );
}

/** What `headSample` answered. */
export function checkHeadDecision(value: Json): CheckedDecision<Decision> {
  return check<Decision>(value, ['keep', 'drop', 'defer'], 'keep(reason), drop(reason) or defer()');
}

/** What `tailSample` answered: the trace has ended, so nothing is left to wait for. */
export function checkTailDecision(value: Json): CheckedDecision<Exclude<Decision, { decision: 'defer' }>> {
  return check(value, ['keep', 'drop'], 'keep(reason) or drop(reason)');
}

function check<Kind extends { readonly decision: string; readonly reason: string }>(
  value: Json,
  words: readonly string[],
  wanted: string,
): CheckedDecision<Kind> {
  const { decision, reason } = isJsonObject(value) ? value : ({} as JsonObject);
  if (typeof decision !== 'string' || !words.includes(decision)) {
    return { kind: 'fault', fault: `It is to answer with ${wanted}.` };
  }
  if (typeof reason !== 'string' || reason.length === 0 || reason.length > MAX_REASON) {
    return { kind: 'fault', fault: `It is to give a reason of 1 to ${MAX_REASON} characters.` };
  }
  // Both of its fields were looked at; whatever else it holds is left out.
  return { kind: 'decision', decision: { decision, reason } as unknown as Kind };
}
