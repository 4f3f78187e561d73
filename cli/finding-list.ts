/** What the completeness check says of traces, for a person. */
import { countText } from '../core/analysis/count-text.ts';
import { visible } from '../core/analysis/text-view.ts';
import type { Finding } from '../core/model/finding.ts';
import type { TraceSummary } from '../core/model/trace-summary.ts';

/** More than these are no reading any more; `--json` has them all. */
const SHOWN_TRACES = 20;

/** One line a finding below the name of its trace, with what to do about it; empty where there is none. */
export function formatFindings(
  traces: readonly TraceSummary[],
  findings: ReadonlyMap<string, readonly Finding[]>,
): string {
  const told = traces.filter(({ id }) => (findings.get(id) ?? []).length > 0);
  const lines = told.slice(0, SHOWN_TRACES).flatMap(({ id, workflowName }) => {
    const name = workflowName === '' ? '' : `${visible(workflowName)}  `;
    return ['', `${name}${visible(id)}`, ...(findings.get(id) ?? []).map(formatFinding)];
  });
  const more = told.length - SHOWN_TRACES;
  if (more > 0) lines.push('', `Findings in ${countText(more, 'further trace')}; --json has them.`);
  return lines.map((line) => `${line}\n`).join('');
}

function formatFinding({ severity, message, advice }: Finding): string {
  return `  ${severity}: ${message}${advice === undefined ? '' : `\n    ${advice}`}`;
}
