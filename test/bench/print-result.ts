/** A bench result as tables for a person. */
import type { BenchResult, SizeFigures } from './figures.ts';
import { count, printTable, round } from './print-table.ts';

/** The whole result as text. */
export function printResult({ sizes, aims, runs, cores, node }: BenchResult): string {
  const parts = [
    `Node ${node}, ${cores} cores, medians of ${runs} runs (one run from 500,000 spans on).`,
    printTable(
      'Import',
      ['spans', 'MB', 'bare ms', 'import ms', 'ratio', 'CPU ratio', 'redacted', 'spans/s', 'peak MB'],
      sizes.map(importRow),
    ),
    printTable(
      'Ingest, bodies of 100',
      ['spans', 'connections', 'drop spans/s', 'spans/s', 'share', 'p50 ms', 'p95 ms', 'peak MB'],
      sizes.flatMap(ingestRows),
    ),
    printTable(
      'Library',
      [
        'spans',
        'traces',
        'start ms',
        'first list ms',
        'list ms',
        'open 30-60 ms',
        'open largest ms',
        'its spans',
        'span ms',
        'peak MB',
      ],
      sizes.map(libraryRow),
    ),
    ...(sizes.length > 1
      ? [printTable('Growth, by size against the smallest', GROWTH, growthRows(sizes))]
      : []),
    aims
      .map(({ name, found, aim, reached, atSpans }) => {
        const verdict = reached ? 'reached' : 'NOT reached';
        return `Aim ${verdict}: ${name} ${round(found)} (aim ${aim}), worst at ${count(atSpans)} spans`;
      })
      .join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function importRow({ spans, bytes, import: figures }: SizeFigures): readonly string[] {
  const { bareMs, importMs, ratio, cpuRatio, redactedRatio, spansPerSecond, peakMb } = figures;
  return [
    count(spans),
    ...[bytes / 1e6, bareMs, importMs, ratio, cpuRatio, redactedRatio].map(round),
    count(spansPerSecond),
    round(peakMb),
  ];
}

function ingestRows({ spans, ingest }: SizeFigures): readonly (readonly string[])[] {
  return ingest.map((figures) => [
    ...[spans, figures.connections, figures.dropSpansPerSecond, figures.spansPerSecond].map(count),
    ...[figures.share, figures.p50Ms, figures.p95Ms, figures.peakMb ?? Number.NaN].map(round),
  ]);
}

function libraryRow({ spans, traces, library }: SizeFigures): readonly string[] {
  return [
    ...[spans, traces].map(count),
    ...[
      library.startMs,
      library.firstListMs,
      library.listMs,
      library.openMiddleMs,
      library.openLargestMs,
    ].map(round),
    count(library.largestSpans),
    ...[library.readSpanMs, library.peakMb].map(round),
  ];
}

const GROWTH = ['spans', 'times more', 'import', 'ingest', 'start', 'list', 'open 30-60', 'memory of import'];

/** How many times longer each takes than at the smallest size; where it grows no faster than the size, all is well. */
function growthRows(sizes: readonly SizeFigures[]): readonly (readonly string[])[] {
  const [smallest] = sizes;
  if (smallest === undefined) return [];
  const ingestMs = ({ spans, ingest }: SizeFigures): number =>
    spans / (ingest[0]?.spansPerSecond ?? Number.NaN);
  return sizes.map((size) => [
    count(size.spans),
    ...[
      size.spans / smallest.spans,
      size.import.importMs / smallest.import.importMs,
      ingestMs(size) / ingestMs(smallest),
      size.library.startMs / smallest.library.startMs,
      size.library.listMs / smallest.library.listMs,
      size.library.openMiddleMs / smallest.library.openMiddleMs,
      size.import.peakMb / smallest.import.peakMb,
    ].map(round),
  ]);
}
