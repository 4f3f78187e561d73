/** Finds personal data and secrets in what spans say, and keeps where, never what. */
import type { TracingProcessor } from './processor.ts';
import { countSensitive, SENSITIVE_PATTERNS, type SensitivePattern } from './sensitive-patterns.ts';
import type { Span } from './span.ts';

export interface ComplianceFinding {
  readonly traceId: string;
  readonly spanId: string;
  /** The name of the pattern. */
  readonly rule: string;
  readonly count: number;
}

export interface ComplianceOptions {
  /** Instead of ours. */
  readonly patterns?: readonly SensitivePattern[] | undefined;
  /** How many findings are kept. Default 1,000. */
  readonly keep?: number | undefined;
  readonly onFinding?: ((finding: ComplianceFinding) => void) | undefined;
}

/**
 * @example
 * const compliance = new ComplianceProcessor({ onFinding: ({ rule }) => console.warn(rule) });
 * addTraceProcessor(compliance);
 */
export class ComplianceProcessor implements TracingProcessor {
  readonly #options: ComplianceOptions;
  #findings: ComplianceFinding[] = [];

  constructor(options: ComplianceOptions = {}) {
    this.#options = options;
  }

  /** The newest, in order. */
  get findings(): readonly ComplianceFinding[] {
    return this.#findings;
  }

  onSpanEnd(span: Span): void {
    const { patterns = SENSITIVE_PATTERNS, keep = 1000, onFinding } = this.#options;
    for (const [rule, count] of countSensitive({ ...span.spanData }, patterns)) {
      const finding = { traceId: span.traceId, spanId: span.spanId, rule, count };
      this.#findings = [...this.#findings, finding].slice(-keep);
      onFinding?.(finding);
    }
  }
}
