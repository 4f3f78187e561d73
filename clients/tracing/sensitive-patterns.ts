/** Kinds of text that should not leave a program: small and quick, no substitute for the workbench's own plugins. */
import { toSafeValue } from '../workbench/safe-value.ts';

export interface SensitivePattern {
  readonly name: string;
  /** With the flag `g`. */
  readonly pattern: RegExp;
}

/** Lengths are bounded, so that hostile text costs linear time. */
export const SENSITIVE_PATTERNS: readonly SensitivePattern[] = [
  { name: 'email', pattern: /[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}/g },
  { name: 'ssn', pattern: /\b\d{3}-\d{2}-\d{4}\b/g },
  { name: 'credit_card', pattern: /\b\d(?:[ -]?\d){12,18}\b/g },
  { name: 'api_key', pattern: /\b(?:sk|pk|ghp|xox[bp])[-_][\w-]{16,200}/g },
  { name: 'phone', pattern: /(?:\+\d{1,3}[ .-]?)?\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b/g },
];

const SECRET_NAME = /pass(word|wd)?$|secret|api_?key|authorization|credential|(access|auth|refresh)_?token/i;
const LIMITS = { text: 1_000_000, entries: 100_000, values: 500_000, depth: 60 };

/** A copy in which matches, and whatever stands under the name of a secret, read `[redacted …]`. */
export function redactSensitiveText(value: unknown, patterns: readonly SensitivePattern[]): unknown {
  return redact(toSafeValue(value, LIMITS), patterns);
}

function redact(value: unknown, patterns: readonly SensitivePattern[]): unknown {
  if (typeof value === 'string') {
    return patterns.reduce((text, { name, pattern }) => text.replace(pattern, `[redacted ${name}]`), value);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => redact(item, patterns));
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      SECRET_NAME.test(name) && field !== null ? '[redacted secret]' : redact(field, patterns),
    ]),
  );
}

/** The names of the patterns that occur in any text of a value, with how often. */
export function countSensitive(value: unknown, patterns: readonly SensitivePattern[]): Map<string, number> {
  const counts = new Map<string, number>();
  // The list grows while it is walked.
  const waiting: unknown[] = [toSafeValue(value, LIMITS)];
  for (const each of waiting) {
    if (typeof each === 'object' && each !== null)
      for (const field of Object.values(each)) waiting.push(field);
    if (typeof each !== 'string') continue;
    for (const { name, pattern } of patterns) {
      const found = each.match(pattern)?.length ?? 0;
      if (found > 0) counts.set(name, (counts.get(name) ?? 0) + found);
    }
  }
  return counts;
}
