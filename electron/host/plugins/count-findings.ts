/** Findings by severity: what a badge shows. */
import type { Finding } from '../../../core/model/finding.ts';
import type { FindingCounts } from '../../../core/rpc/plugins.ts';

export function countFindings(findings: readonly Finding[]): FindingCounts {
  const counts = { info: 0, warning: 0, error: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}
