/** What is to be said of an open trace: made once for the tab that counts and the panel that lists. */
import { computeCompleteness } from '../../core/analysis/completeness.ts';
import type { Finding } from '../../core/model/finding.ts';
import type { FlameModel } from '../charts/flame/model.ts';
import type { LoadedTrace } from './loaded-trace.ts';

const FINDINGS = new WeakMap<FlameModel, readonly Finding[]>();

/** The gravest first. */
export function findingsOf(trace: LoadedTrace): readonly Finding[] {
  let findings = FINDINGS.get(trace.model);
  if (findings === undefined) {
    findings = joinDiagnostics(
      trace,
      computeCompleteness(trace.model.table, trace.model.tree, trace.summary),
    );
    FINDINGS.set(trace.model, findings);
  }
  return findings;
}

/** What the host saw while it folded, such as trace items that differ, is found nowhere else. */
function joinDiagnostics({ diagnostics }: LoadedTrace, findings: readonly Finding[]): readonly Finding[] {
  const known = new Set(findings.map(({ code }) => code));
  const further = diagnostics
    .filter(({ code }) => !known.has(code))
    .map(({ code, severity, message }): Finding => {
      return { by: 'completeness', code, severity, message, spanIds: [], count: 0 };
    });
  const grave = findings.filter(({ severity }) => severity !== 'info');
  return [...grave, ...further, ...findings.slice(grave.length)];
}
