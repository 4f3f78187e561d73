/** The result of `bench:trace` as tables for a person, and whether the goals were reached. */
import { count, printTable, round } from '../print-table.ts';
import type { SingleFigures, TraceBenchResult } from './figures.ts';
import { judgeTraces } from './trace-aims.ts';

export function printTraceBench(result: TraceBenchResult): string {
  const { singles, bundles, live } = result;
  const parts = [
    ...(singles.length === 0
      ? []
      : [printOpening(singles), printDrawing(singles), printKept(singles), printGrowth(singles)]),
    ...(bundles.length === 0 ? [] : printBundles(result)),
    ...(live.length === 0 ? [] : [printLive(result)]),
    printAims(result),
  ];
  return `${parts.join('\n\n')}\n`;
}

function printOpening(singles: readonly SingleFigures[]): string {
  return printTable(
    'Opening a stored trace, to the frame after the first paint, beside speedscope',
    [
      ...['spans', 'rows', 'after start ms', 'open ms', 'whole ms', 'speedscope ms'],
      ...['times faster', 'whole, times faster'],
    ],
    singles.map(({ spans, rows, open }) => [
      ...[spans, rows].map(count),
      ...[open.firstMs, open.openMs, open.wholeMs, open.speedscopeMs].map(round),
      ...[open.timesFaster, open.wholeTimesFaster].map(round),
    ]),
  );
}

function printDrawing(singles: readonly SingleFigures[]): string {
  return printTable(
    'Pan and zoom, 200 frames of the page, ms but for the hits',
    [
      ...['spans', 'empty p95', 'page p95', 'painted', 'painted p95', 'draw p50', 'draw p95'],
      ...['pointer p95', 'hit p50 µs', 'hit p95 µs'],
    ],
    singles.map(({ spans, frames: f }) => [
      count(spans),
      ...[f.emptyP95Ms, f.pageP95Ms].map(round),
      count(f.frames),
      ...[f.paintedP95Ms, f.drawP50Ms, f.drawP95Ms, f.pointerP95Ms, f.hitP50Us, f.hitP95Us].map(round),
    ]),
  );
}

function printKept(singles: readonly SingleFigures[]): string {
  return printTable(
    'What is kept of one trace, and one span of it read',
    ['spans', 'MB of file', 'stored B/span', 'page B/span', 'host peak MB', 'payload cold ms', 'warm ms'],
    singles.map(({ spans, bytes, storedBytesASpan, pageBytesASpan, hostPeakMb, payload }) => [
      count(spans),
      ...[bytes / 1e6, storedBytesASpan, pageBytesASpan, hostPeakMb].map(round),
      ...[payload.coldMs, payload.warmMs].map(round),
    ]),
  );
}

/** How many times more each takes than at the smallest size. */
function printGrowth(singles: readonly SingleFigures[]): string {
  const [least] = singles;
  if (least === undefined) return '';
  return printTable(
    'Growth of one trace, against the smallest',
    ['spans', 'times more', 'open', 'draw p50', 'draw p95', 'hit p95', 'payload'],
    singles.map((single) => [
      count(single.spans),
      ...[
        single.spans / least.spans,
        single.open.openMs / least.open.openMs,
        single.frames.drawP50Ms / least.frames.drawP50Ms,
        single.frames.drawP95Ms / least.frames.drawP95Ms,
        single.frames.hitP95Us / least.frames.hitP95Us,
        single.payload.coldMs / least.payload.coldMs,
      ].map(round),
    ]),
  );
}

function printBundles({ bundles }: TraceBenchResult): readonly string[] {
  const [least] = bundles;
  return [
    printTable(
      'Import of many traces, durable and indexed, beside a bare pass',
      [
        ...['spans', 'traces', 'MB', 'bare ms', 'import ms', 'ratio', 'CPU ratio', 'redacted'],
        ...['spans/s', 'peak MB', 'longer'],
      ],
      bundles.map(({ spans, traces, bytes, import: figures }) => [
        ...[spans, traces].map(count),
        ...[bytes / 1e6, figures.bareMs, figures.importMs, figures.ratio].map(round),
        ...[figures.cpuRatio, figures.redactedRatio].map(round),
        count(figures.spansPerSecond),
        ...[figures.peakMb, figures.importMs / (least?.import.importMs ?? Number.NaN)].map(round),
      ]),
    ),
    printTable(
      'The library of a host that starts, from its sidecars',
      ['spans', 'start ms', 'spans/s', 'first list ms', 'list ms', 'peak MB', 'longer'],
      bundles.map(({ spans, library, rebuildSpansPerSecond }) => [
        ...[count(spans), round(library.startMs), count(rebuildSpansPerSecond)],
        ...[library.firstListMs, library.listMs, library.peakMb].map(round),
        round(library.startMs / (least?.library.startMs ?? Number.NaN)),
      ]),
    ),
    printTable(
      'Words looked for in all payloads, MB of journal a second, beside a bare scan',
      ['spans', 'bare scan', 'one thread', 'two threads', 'share of bare', 'first hit ms'],
      bundles.map(({ spans, search }) => [
        count(spans),
        ...[search.bareMbPerSecond, search.oneThreadMbPerSecond, search.mbPerSecond].map(count),
        ...[search.mbPerSecond / search.bareMbPerSecond, search.firstHitMs].map(round),
      ]),
    ),
    printTable(
      'Ingest over HTTP, bodies of 100, beside a server that drops, and a bare append with its fsync',
      [
        ...['spans', 'connections', 'drop spans/s', 'spans/s', 'share', 'ack p50 ms', 'ack p95 ms'],
        ...['append p50', 'append p95', 'peak MB'],
      ],
      bundles.flatMap(({ spans, ingest, disk }) =>
        ingest.map((each) => [
          ...[spans, each.connections, each.dropSpansPerSecond, each.spansPerSecond].map(count),
          ...[each.share, each.p50Ms, each.p95Ms, disk.p50Ms, disk.p95Ms, each.peakMb].map(round),
        ]),
      ),
    ),
  ];
}

function printLive({ live }: TraceBenchResult): string {
  return printTable(
    'A running trace that is open while spans arrive, frames of the page',
    [
      ...['spans before', 'spans/s', 'seconds', 'empty p95 ms', 'p50 ms', 'p95 ms', 'longest ms'],
      ...['frames/s', 'empty frames/s', 'behind ms'],
    ],
    live.map((each) => [
      ...[each.before, each.spansPerSecond, each.seconds].map(count),
      ...[each.emptyP95Ms, each.pageP50Ms, each.pageP95Ms, each.longestMs].map(round),
      ...[each.framesPerSecond, each.emptyFramesPerSecond, each.lagMs].map(round),
    ]),
  );
}

function printAims(result: TraceBenchResult): string {
  return judgeTraces(result)
    .map(({ name, found, aim, reached, atSpans }) => {
      const verdict = reached ? 'reached' : 'NOT reached';
      return `Aim ${verdict}: ${name}: ${round(found)} (aim ${String(aim)}) at ${count(atSpans)} spans`;
    })
    .join('\n');
}
