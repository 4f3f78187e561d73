/** What is to be said of an open trace: for the tab that counts and the panels that list. */
import type { Finding } from '../../core/model/finding.ts';
import type { LoadedTrace } from './loaded-trace.ts';
import { TraceAnswer } from './trace-answer.svelte.ts';

export class TraceFindings {
  readonly #trace: () => LoadedTrace;
  readonly #found: TraceAnswer<'findings'>;
  /** The gravest first; undefined until a large trace has been judged. */
  readonly current: readonly Finding[] | undefined = $derived.by(() => {
    const found = this.#found.current;
    return found === undefined ? undefined : joinDiagnostics(this.#trace(), found);
  });

  /** Made while a component starts: it judges again as long as that stands. */
  constructor(trace: () => LoadedTrace) {
    this.#trace = trace;
    this.#found = new TraceAnswer<'findings'>(() => ({
      trace: trace(),
      question: { name: 'findings', summary: trace().summary },
    }));
  }
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
