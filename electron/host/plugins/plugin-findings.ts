/** What a plugin says of a trace as findings: its alerts, and its marks, of which equal ones are one finding. */
import { MAX_FINDING_SPANS, type Finding } from '../../../core/model/finding.ts';
import type { AlertResult, AnnotationsResult, PluginResult } from '../../../core/plugin-api/results.ts';

/** By trace id. */
export function findingsOf(
  by: string,
  results: readonly PluginResult[],
): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>();
  const add = (traceId: string, findings: readonly Finding[]): void => {
    found.set(traceId, [...(found.get(traceId) ?? []), ...findings]);
  };
  for (const result of results) {
    if (result.kind === 'alert') add(result.traceId, [findingOfAlert(by, result)]);
    if (result.kind === 'annotations') {
      for (const [traceId, findings] of findingsOfMarks(by, result.marks)) add(traceId, findings);
    }
  }
  return found;
}

function findingOfAlert(by: string, { code, severity, message, advice, spanIds = [] }: AlertResult): Finding {
  const text = { message, ...(advice !== undefined && { advice }) };
  return { by, code, severity, ...text, spanIds, count: spanIds.length };
}

function findingsOfMarks(
  by: string,
  marks: AnnotationsResult['marks'],
): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, AnnotationsResult['marks'][number][]>();
  for (const mark of marks) {
    const key = JSON.stringify([mark.traceId, mark.badge, mark.severity, mark.text]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [mark]);
    else group.push(mark);
  }
  const found = new Map<string, Finding[]>();
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { traceId, badge, severity, text } = first;
    const spanIds = group.slice(0, MAX_FINDING_SPANS).map(({ spanId }) => spanId);
    const finding = { by, code: codeOf(badge), severity, message: text, spanIds, count: group.length };
    found.set(traceId, [...(found.get(traceId) ?? []), finding]);
  }
  return found;
}

/** A badge is a word for people; the code of a finding is in kebab case. */
function codeOf(badge: string): string {
  const code = badge
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return code === '' ? 'mark' : code;
}
