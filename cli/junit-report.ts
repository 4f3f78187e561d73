/** Findings as JUnit XML, which every CI shows: a suite, a test case a trace, a failure for each finding that fails. */
import { countText } from '../core/analysis/count-text.ts';
import { visible } from '../core/analysis/text-view.ts';
import type { Finding } from '../core/model/finding.ts';
import type { TraceSummary } from '../core/model/trace-summary.ts';
import type { PluginRun } from '../electron/host/plugins/run-analyses.ts';
import { meetsRule, type FailRule } from './fail-rule.ts';

/** Without a rule, findings from `warning` on are failures in the report. */
const USUAL_RULE: FailRule = { by: undefined, severity: 'warning' };

export function formatJunit(
  traces: readonly TraceSummary[],
  findings: ReadonlyMap<string, readonly Finding[]>,
  runs: readonly PluginRun[],
  rule: FailRule = USUAL_RULE,
): string {
  let failures = 0;
  const cases = traces.map(({ id, workflowName }) => {
    const failed = (findings.get(id) ?? []).filter((finding) => meetsRule(rule, finding));
    failures += Math.min(1, failed.length);
    const told = failed.map((finding) => `\n      ${formatFailure(finding)}`).join('');
    return `    <testcase classname="${escape(workflowName)}" name="${escape(id)}">${told}\n    </testcase>\n`;
  });
  const broken = runs.flatMap(({ id, error }) =>
    error === undefined
      ? []
      : [`    <testcase name="${escape(id)}">\n      <error message="${escape(error)}"/>\n    </testcase>\n`],
  );
  const counts = `tests="${cases.length + broken.length}" failures="${failures}" errors="${broken.length}"`;
  const suite = `  <testsuite name="tracebench" ${counts}>\n${[...cases, ...broken].join('')}  </testsuite>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suite}</testsuites>\n`;
}

function formatFailure({ by, code, message, advice, count }: Finding): string {
  const about = count === 0 ? '' : ` (${countText(count, 'span')})`;
  const text = advice === undefined ? '' : escape(advice);
  return `<failure type="${escape(`${by}/${code}`)}" message="${escape(message + about)}">${text}</failure>`;
}

/** Control characters, which XML cannot hold at all, become escapes that a person can read. */
function escape(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
