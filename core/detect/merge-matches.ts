/** Finds that overlap become one, named by the weightiest of them: what either covers is covered. */
import type { SensitiveMatch } from './detector.ts';
import { findType, SENSITIVE_TYPES, type SensitiveType } from './sensitive-types.ts';

export function mergeMatches(found: readonly SensitiveMatch[]): readonly SensitiveMatch[] {
  const sorted = [...found].sort((a, b) => a.start - b.start || b.end - a.end);
  const merged: SensitiveMatch[] = [];
  for (const next of sorted) {
    const last = merged.at(-1);
    if (last === undefined || next.start >= last.end) merged.push(next);
    else merged[merged.length - 1] = unite(last, next);
  }
  return merged;
}

function unite(a: SensitiveMatch, b: SensitiveMatch): SensitiveMatch {
  const type = weightOf(b.type) < weightOf(a.type) ? b.type : a.type;
  return { type, start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

/** A rule that somebody made themselves says more than ours do. */
function weightOf(type: SensitiveType): number {
  const own = findType(type);
  return own === undefined ? -1 : SENSITIVE_TYPES.indexOf(own);
}
