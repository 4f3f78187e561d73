/** What a question to the page's list takes, in CPU time, beside one pass over the columns that it reads. */
import { parseQuery } from '../../../core/query/parse-query.ts';
import { utcClock } from '../../../core/query/resolve-time.ts';
import { NEWEST_FIRST, SORT_COLUMNS, type LibraryQuery } from '../../../core/store/library-query.ts';
import { queryLibrary } from '../../../core/store/query-library.ts';
import { SUMMARY_COLUMN_NAMES } from '../../../core/store/summary-column-types.ts';
import type { SummaryColumns } from '../../../core/store/summary-columns.ts';
import { median } from '../median.ts';

const QUERIES = [
  '',
  'status:failed',
  'agent:Billing,Refunds duration>5s',
  'workflow:Customer* (tokens>10k or error:true) not model:gpt-5',
  'started:2026-11-18..2026-11-19',
  'bill',
] as const;

export interface QueryFigure {
  readonly question: string;
  readonly cpuMs: number;
  /** Of one pass over all columns. */
  readonly passes: number;
}

export function measureQueries(traces: SummaryColumns, runs: number): readonly QueryFigure[] {
  const passMs = medianCpuMs(runs, () => passOver(traces));
  const asked = (question: string, query: LibraryQuery): QueryFigure => {
    const cpuMs = medianCpuMs(runs, () => {
      queryLibrary(traces, query, { clock: utcClock(0), answerOf: () => undefined });
    });
    return { question, cpuMs, passes: cpuMs / passMs };
  };
  return [
    ...QUERIES.map((text) => asked(text === '' ? 'everything' : text, queryOf(text))),
    ...SORT_COLUMNS.map((by) => asked(`by ${by}`, { ...queryOf(''), sort: { by, descending: true } })),
  ];
}

function queryOf(text: string): LibraryQuery {
  const parsed = parseQuery(text);
  if (parsed.kind === 'fault') throw new Error(parsed.fault.message);
  const six = { most: 6, find: '' };
  const facets = { status: six, workflow: six, agent: six, model: six, origin: six };
  return { tree: parsed.tree, sort: NEWEST_FIRST, facets, bins: 100 };
}

function passOver({ columns, rows }: SummaryColumns): number {
  let sum = 0;
  for (const name of SUMMARY_COLUMN_NAMES) {
    const column = columns[name];
    for (let row = 0; row < rows; row++) sum += column[row] ?? 0;
  }
  return sum;
}

function medianCpuMs(runs: number, work: () => void): number {
  work();
  return median(
    Array.from({ length: runs }, () => {
      const before = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    }),
  );
}
