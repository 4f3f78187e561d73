/** What many traces come to, as tables for a person; `--json` has every row and how to reach its traces. */
import { countText } from '../core/analysis/count-text.ts';
import { durationText } from '../core/analysis/duration-text.ts';
import { formatMoney } from '../core/plugin-api/format-values.ts';
import type {
  CorpusCost,
  CorpusInsights,
  CorpusLoops,
  CorpusMap,
  CorpusOverview,
  CorpusScope,
  InsightRow,
  InsightTable,
} from '../core/rpc/corpus.ts';
import type { Rows, WriteRows } from './plugin-results.ts';

/** More rows of a table are no reading any more. */
const SHOWN_ROWS = 20;

/** What a row of a table stands for, and what is counted of it. */
const TABLES: readonly (readonly [InsightTable, head: string, counted: string])[] = [
  ['agent', 'AGENT', 'RUNS'],
  ['model', 'MODEL', 'CALLS'],
  ['tool', 'TOOL', 'CALLS'],
  ['workflow', 'WORKFLOW', 'TRACES'],
  ['user', 'USER', 'TRACES'],
  ['group', 'GROUP', 'TRACES'],
  ['day', 'DAY', 'TRACES'],
];

export function formatCorpus(
  { insights, map, loops }: CorpusOverview,
  headMark: string,
  writeRows: WriteRows,
): string {
  const sections: readonly (readonly [title: string, rows: Rows])[] = [
    ...TABLES.map(
      ([table, head, counted]) => [`By ${table}`, insightRows(insights, table, head, counted)] as const,
    ),
    ['Handoffs (→) and calls of agents (⇒)', handoffRows(map)],
    ['Loops', loopRows(loops)],
    ['Repeated calls', repeatRows(loops)],
    ['Slow spans', slowRows(insights)],
    ['Errors', errorRows(insights)],
    ['Guardrails', guardrailRows(insights)],
    ['Without a price', unpricedRows(insights.scope)],
  ];
  const told = sections.filter(([, rows]) => rows.length > 1);
  return [
    `${totalsText(insights)}\n`,
    ...told.map(([title, rows]) => formatSection(`${headMark}${title}`, rows, writeRows)),
  ].join('\n');
}

function formatSection(title: string, rows: Rows, writeRows: WriteRows): string {
  const more = rows.length - 1 - SHOWN_ROWS;
  const rest = more > 0 ? `\n${countText(more, 'further row')}; --json has them.\n` : '';
  return `${title}\n\n${writeRows(withoutEmpty(rows.slice(0, SHOWN_ROWS + 1)))}${rest}`;
}

/** Without the columns in which no row says anything, such as the tokens of tools. */
function withoutEmpty(rows: Rows): Rows {
  const [head = [], ...rest] = rows;
  const says = head.map((_, column) => rest.some((row) => !['', '0', '-'].includes(row[column] ?? '')));
  return rows.map((row) => row.filter((_, column) => column === 0 || says[column] === true));
}

function totalsText({ scope, totals }: CorpusInsights): string {
  const { input, output } = totals.tokens;
  const { p50Us, p95Us } = totals.durations;
  return [
    `${countText(scope.traces, 'trace')}, ${countText(totals.failed, 'of them failed', 'of them failed')}`,
    countText(scope.spans, 'span'),
    countText(scope.errors, 'error'),
    `p50 ${timeText(p50Us)}, p95 ${timeText(p95Us)}`,
    `${countText(input, 'token', 'tokens')} in, ${countText(output, 'token', 'tokens')} out`,
    costText(totals.cost),
  ].join('; ');
}

function insightRows(insights: CorpusInsights, table: InsightTable, head: string, counted: string): Rows {
  const rows = insights.tables[table];
  // A table of one row without a name tells what the totals tell.
  if (rows.every(({ key }) => key === '')) return [];
  // Days run by time: the youngest are those that one looks for.
  const shown = table === 'day' ? rows.toReversed() : rows;
  return [
    [head, counted, 'FAILED', 'P50', 'P95', 'P99', 'TOKENS IN', 'OUT', 'COST'],
    ...shown.map((row) => insightRow(row)),
  ];
}

function insightRow({ key, count, failed, durations, tokens, cost }: InsightRow): readonly string[] {
  return [
    key === '' ? '-' : key,
    String(count),
    String(failed),
    timeText(durations.p50Us),
    timeText(durations.p95Us),
    timeText(durations.p99Us),
    String(tokens.input),
    String(tokens.output),
    costText(cost),
  ];
}

function handoffRows({ edges }: CorpusMap): Rows {
  const rows = edges.map(({ kind, from, to, count, share, failed, answer, isBack }) => [
    `${nameText(from)} ${kind === 'call' ? '⇒' : '→'} ${nameText(to)}`,
    String(count),
    `${(share * 100).toFixed(1)} %`,
    String(failed),
    timeText(answer.p50Us),
    isBack ? 'back' : '',
  ]);
  return [['HANDOFF', 'COUNT', 'SHARE', 'FAILED', 'FIRST ANSWER P50', ''], ...rows];
}

function loopRows({ loops }: CorpusLoops): Rows {
  const rows = loops.map(({ agents, rounds, maxRounds, extraUs, extra, reach }) => [
    agents.map(nameText).join(' → '),
    String(reach.traces),
    String(rounds),
    String(maxRounds),
    timeText(extraUs),
    costText(extra),
  ]);
  return [['LOOP', 'TRACES', 'ROUNDS', 'MOST', 'EXTRA TIME', 'EXTRA COST'], ...rows];
}

function repeatRows({ repeats }: CorpusLoops): Rows {
  const rows = repeats.map(({ tool, agent, calls, maxCalls, extraUs, reach }) => [
    nameText(tool),
    nameText(agent ?? ''),
    String(reach.traces),
    String(calls),
    String(maxCalls),
    timeText(extraUs),
  ]);
  return [['TOOL', 'AGENT', 'TRACES', 'CALLS', 'MOST', 'EXTRA TIME'], ...rows];
}

function slowRows({ slowest }: CorpusInsights): Rows {
  const rows = slowest.map(({ name, kind, agent, selfUs, durationUs, traceId, spanId }) => [
    nameText(name),
    kind,
    nameText(agent ?? ''),
    timeText(selfUs),
    timeText(durationUs),
    traceId,
    spanId,
  ]);
  return [['SPAN', 'KIND', 'AGENT', 'OWN TIME', 'DURATION', 'TRACE', 'ID'], ...rows];
}

function errorRows({ errors }: CorpusInsights): Rows {
  const rows = errors.map(({ errorClass, kind, name, count, reach, firstSeen, lastSeen }) => [
    String(count),
    String(reach.traces),
    kind,
    nameText(name),
    dayText(firstSeen),
    dayText(lastSeen),
    nameText(errorClass),
  ]);
  return [['ERRORS', 'TRACES', 'KIND', 'SPAN', 'FIRST SEEN', 'LAST SEEN', 'MESSAGE'], ...rows];
}

function guardrailRows({ guardrails }: CorpusInsights): Rows {
  const rows = guardrails.map(({ guardrail, runs, triggered, durations }) => [
    nameText(guardrail),
    String(runs),
    String(triggered),
    timeText(durations.p50Us),
  ]);
  return [['GUARDRAIL', 'RUNS', 'TRIPPED', 'P50'], ...rows];
}

function unpricedRows({ unpriced }: CorpusScope): Rows {
  return [['MODEL', 'CALLS'], ...unpriced.map(({ model, calls }) => [nameText(model ?? ''), String(calls)])];
}

/** Known money and, where that is not all, that there is more. */
function costText({ usd, unpricedCalls }: CorpusCost): string {
  if (usd === null) return '-';
  return `${unpricedCalls > 0 ? '≥ ' : ''}${formatMoney(usd)}`;
}

function timeText(us: number | null): string {
  return us === null ? '-' : durationText(us);
}

function nameText(name: string): string {
  return name === '' ? '-' : name;
}

function dayText(iso: string | null): string {
  return iso === null ? '-' : iso.slice(0, 16).replace('T', ' ');
}
