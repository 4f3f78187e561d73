/** The marks that a plugin set on spans of a trace, as findings about those spans. */
import { MAX_FINDING_SPANS, type Finding } from '../../core/model/finding.ts';
import type { TraceResults } from '../../core/rpc/plugins.ts';

/** Marks that say the same stand together. */
export function findMarks({ by, results }: Pick<TraceResults, 'by' | 'results'>): readonly Finding[] {
  const marks = results.flatMap((result) => (result.kind === 'annotations' ? result.marks : []));
  const groups = new Map<string, (typeof marks)[number][]>();
  for (const mark of marks) {
    const key = JSON.stringify([mark.badge, mark.severity, mark.text]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [mark]);
    else group.push(mark);
  }
  return [...groups.values()].flatMap((group): readonly Finding[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { badge: code, severity, text } = first;
    const spanIds = group.slice(0, MAX_FINDING_SPANS).map(({ spanId }) => spanId);
    return [{ by, code, severity, message: text === '' ? code : text, spanIds, count: group.length }];
  });
}
