/** Findings of plugins over all traces: counts for badges, and groups of those that say the same. */
import type { Finding } from '../../../core/model/finding.ts';
import type { FindingCounts, FindingGroup } from '../../../core/rpc/plugins.ts';
import { countFindings } from './count-findings.ts';
import type { HostedPlugin } from './hosted-plugin.ts';

const MOST_GROUPS = 500;
const MOST_TRACES = 100;

/** What stands on the results of one plugin. */
type Finder = Pick<HostedPlugin, 'id' | 'shelf'>;

/** Of one trace; undefined where nobody says anything of it. */
export function countTrace(plugins: readonly Finder[], traceId: string): FindingCounts | undefined {
  const findings = plugins.flatMap(({ shelf }) => shelf.findingsOf(traceId));
  return findings.length === 0 ? undefined : countFindings(findings);
}

/** Of every trace of which somebody says something. */
export function countTraces(plugins: readonly Finder[]): Readonly<Record<string, FindingCounts>> {
  const traceIds = new Set(plugins.flatMap(({ shelf }) => [...shelf.traceIds]));
  const counted = [...traceIds].flatMap((traceId) => {
    const counts = countTrace(plugins, traceId);
    return counts === undefined ? [] : [[traceId, counts] as const];
  });
  return Object.fromEntries(counted);
}

interface Group {
  readonly finding: Finding;
  findings: number;
  readonly traces: { readonly traceId: string; readonly at: string }[];
}

/** The gravest first, then those of most traces. */
export function groupFindings(plugins: readonly Finder[]): readonly FindingGroup[] {
  const groups = new Map<string, Group>();
  for (const { shelf } of plugins) {
    for (const traceId of shelf.traceIds) {
      const at = shelf.foundAt(traceId);
      for (const finding of shelf.findingsOf(traceId)) addTo(groups, finding, traceId, at);
    }
  }
  return [...groups.values()].map(describeGroup).sort(compareGroups).slice(0, MOST_GROUPS);
}

function addTo(groups: Map<string, Group>, finding: Finding, traceId: string, at: string): void {
  const key = JSON.stringify([finding.by, finding.code, finding.severity, shapeOf(finding.message)]);
  const group = groups.get(key) ?? { finding, findings: 0, traces: [] };
  group.findings += 1;
  if (group.traces.at(-1)?.traceId !== traceId) group.traces.push({ traceId, at });
  groups.set(key, group);
}

/** Two messages that differ in figures, ids or quoted words alone say the same. */
export function shapeOf(message: string): string {
  return message
    .replaceAll(/"[^"]*"/g, '"…"')
    .replaceAll(/\b(?=[\w-]*\d)[\w-]{8,}\b/g, '#')
    .replaceAll(/\d[\d,.]*/g, '0');
}

function describeGroup({ finding, findings, traces }: Group): FindingGroup {
  const newest = traces.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  const { by, code, severity, message } = finding;
  return {
    ...{ by, code, severity, message, findings },
    traces: traces.length,
    firstAt: newest.at(-1)?.at ?? '',
    lastAt: newest[0]?.at ?? '',
    traceIds: newest.slice(0, MOST_TRACES).map(({ traceId }) => traceId),
  };
}

const GRAVITY = { error: 0, warning: 1, info: 2 } as const;

function compareGroups(a: FindingGroup, b: FindingGroup): number {
  return GRAVITY[a.severity] - GRAVITY[b.severity] || b.traces - a.traces || (a.message < b.message ? -1 : 1);
}
