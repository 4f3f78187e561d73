/** The goals of the trace view and of what stands behind it, each at the size it is about. */
import type { Aim } from '../figures.ts';
import type { TraceBenchResult } from './figures.ts';

/** A frame of a screen that shows 60 a second. */
const FRAME_MS = 1000 / 60;
const TIMES_FASTER: readonly (readonly [spans: number, times: number])[] = [
  [1_000_000, 10],
  [100_000, 5],
];

export function judgeTraces({ singles, bundles, live }: TraceBenchResult): readonly Aim[] {
  const opens = singles.flatMap(({ spans, open }) => {
    const least = TIMES_FASTER.find(([from]) => spans >= from)?.[1];
    if (open.timesFaster === null || least === undefined) return [];
    return [atLeast('open, times faster than speedscope', spans, open.timesFaster, least)];
  });
  // The page is free while its worker paints: what a person sees is the slower of the two.
  const frames = singles
    .filter(({ spans }) => spans >= 100_000)
    .map(({ spans, frames: { pageP95Ms, paintedP95Ms, emptyP95Ms } }) => {
      const over = Math.max(pageP95Ms, paintedP95Ms) - emptyP95Ms;
      return atMost('pan and zoom, painted p95 over the empty loop, ms', spans, over, round1(FRAME_MS));
    });
  const held = singles.flatMap(({ spans, hostPeakMb }) =>
    hostPeakMb === null ? [] : [atMost('peak memory of a host with one trace, MB', spans, hostPeakMb, 500)],
  );
  const many = bundles.flatMap(({ spans, ingest, library, ...bundle }) => [
    atMost('import / bare pass', spans, bundle.import.ratio, 2),
    atMost('import with redaction / bare pass', spans, bundle.import.redactedRatio, 3.5),
    atMost('peak memory of an import, MB', spans, bundle.import.peakMb, 500),
    atMost('peak memory of a start, MB', spans, library.peakMb, 500),
    ...ingest
      .filter(({ connections }) => connections > 1)
      .map(({ share }) => atLeast('ingest / parse and drop', spans, share, 0.4)),
  ]);
  const running = live.map(({ before, framesPerSecond, emptyFramesPerSecond }) =>
    atLeast(
      'frames of a running trace / of an empty loop',
      before,
      framesPerSecond / emptyFramesPerSecond,
      0.95,
    ),
  );
  return [...opens, ...frames, ...held, ...many, ...running];
}

function atMost(name: string, atSpans: number, found: number, aim: number): Aim {
  return { name, aim, found, reached: found <= aim, atSpans };
}

function atLeast(name: string, atSpans: number, found: number, aim: number): Aim {
  return { name, aim, found, reached: found >= aim, atSpans };
}

function round1(value: number): number {
  return Math.round(value * 10) / 10;
}
