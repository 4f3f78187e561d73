/** What `npm run bench:corpus` tells a person. */
import { at } from '../../../core/model/assert.ts';
import { count, printTable, round } from '../print-table.ts';
import { QUESTION_NAMES, type CorpusFigures } from './measure-corpus.ts';

export function printCorpusBench(sizes: readonly CorpusFigures[]): string {
  const cold = printTable(
    'The first question',
    ['spans', 'traces', 'pass ms', 'cold ms', 'cold cpu ms', 'stall ms', 'warm stall ms', 'kept B/span'],
    sizes.map((each) => [
      count(each.spans),
      count(each.traces),
      round(each.passMs),
      round(each.coldMs),
      round(each.coldCpuMs),
      round(each.coldStallMs),
      round(each.warmStallMs),
      count(each.factBytes),
    ]),
  );
  const warm = printTable(
    'Questions after it, ms',
    ['spans', 'question', 'p50', 'p95', 'cpu', 'passes'],
    sizes.flatMap(({ spans, warm }) =>
      warm.map(({ question, p50Ms, p95Ms, cpuMs, passes }) => [
        count(spans),
        question,
        round(p50Ms),
        round(p95Ms),
        round(cpuMs),
        round(passes),
      ]),
    ),
  );
  const list = printTable(
    "Questions to the page's list, ms of the processor",
    ['traces', 'question', 'cpu', 'passes'],
    sizes.flatMap(({ traces, list }) =>
      list.map(({ question, cpuMs, passes }) => [count(traces), question, round(cpuMs), round(passes)]),
    ),
  );
  return [cold, warm, list, ...printGrowth(sizes)].join('\n\n');
}

/** How many times longer for how many times more spans; 1 in the last columns is as the data. */
function printGrowth(sizes: readonly CorpusFigures[]): readonly string[] {
  if (sizes.length < 2) return [];
  const rows = sizes.slice(1).map((size, i) => {
    const before = at(sizes, i);
    const spans = size.spans / before.spans;
    const warm = size.warm.map(({ cpuMs }, n) => round(cpuMs / at(before.warm, n).cpuMs / spans));
    return [
      count(before.spans),
      count(size.spans),
      round(size.coldCpuMs / before.coldCpuMs / spans),
      ...warm,
      round(sumCpu(size) / sumCpu(before) / (size.traces / before.traces)),
    ];
  });
  return [
    printTable(
      'Growth of processor time, in times that of the spans; of the list, of the traces',
      ['from', 'to', 'cold', ...QUESTION_NAMES, 'list'],
      rows,
    ),
  ];
}

function sumCpu({ list }: CorpusFigures): number {
  return list.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}
