/** The marks that plugins set on spans of the open trace, by span: for badges on rows, cards and the inspector. */
import type { Severity } from '../../core/model/diagnostic.ts';
import type { TraceResults } from '../../core/rpc/plugins.ts';

export interface SpanMark {
  /** The id of the plugin. */
  readonly by: string;
  readonly badge: string;
  readonly severity: Severity;
  readonly text: string;
}

/** By span id, the gravest first. */
export type SpanMarks = ReadonlyMap<string, readonly SpanMark[]>;

export const NO_MARKS: SpanMarks = new Map();

/** The look of a mark's pill. */
export const MARK_TONES = { error: 'error', warning: 'warning', info: 'plain' } as const;

/** What a plugin says twice of a span, in two of its analyses, stands once. */
export function findMarks(said: readonly Pick<TraceResults, 'by' | 'results'>[]): SpanMarks {
  const gathered = new Map<string, SpanMark[]>();
  for (const { by, results } of said) {
    for (const { spanId, badge, severity, text } of results.flatMap(marksOf)) {
      const marks = gathered.get(spanId) ?? [];
      gathered.set(spanId, marks);
      const mark = { by, badge, severity, text };
      if (!marks.some((other) => isSame(other, mark))) marks.push(mark);
    }
  }
  for (const marks of gathered.values()) marks.sort(byGravity);
  return gathered;
}

/** What a mark says, in one line. */
export function describeMark({ by, text }: SpanMark): string {
  return `${by}: ${text}`;
}

const GRAVITY = { error: 0, warning: 1, info: 2 } as const;

export function byGravity(a: { readonly severity: Severity }, b: { readonly severity: Severity }): number {
  return GRAVITY[a.severity] - GRAVITY[b.severity];
}

function marksOf(
  result: TraceResults['results'][number],
): Extract<typeof result, { kind: 'annotations' }>['marks'] {
  return result.kind === 'annotations' ? result.marks : [];
}

function isSame(a: SpanMark, b: SpanMark): boolean {
  return a.by === b.by && a.badge === b.badge && a.severity === b.severity && a.text === b.text;
}
