/** `--fail-on`: which findings make the command line say 1. */
import { InvalidArgumentError } from 'commander';
import type { Severity } from '../core/model/diagnostic.ts';
import type { Finding } from '../core/model/finding.ts';

/** Findings as grave as `severity` or graver; only those of `by` where that is said. */
export interface FailRule {
  readonly by: string | undefined;
  readonly severity: Severity;
}

const GRAVITY: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** Reads `warning` or `local.hello:warning`. */
export function readFailRule(text: string): FailRule {
  const match = /^(?:([a-z][a-z0-9.-]*):)?(info|warning|error)$/.exec(text);
  if (match === null) {
    throw new InvalidArgumentError('Give info, warning or error, or such as local.hello:error.');
  }
  // One of the three words, says the pattern.
  return { by: match[1], severity: match[2] as Severity };
}

export function meetsRule(rule: FailRule, { by, severity }: Finding): boolean {
  return (rule.by === undefined || rule.by === by) && GRAVITY[severity] >= GRAVITY[rule.severity];
}
