/** The goals of the product, held against the worst that was found. */
import type { Aim, SizeFigures } from './figures.ts';

const MOST_IMPORT_RATIO = 2;
const MOST_REDACTED_RATIO = 3.5;
const LEAST_INGEST_SHARE = 0.4;
const MOST_PEAK_MB = 500;

export function judge(sizes: readonly SizeFigures[]): readonly Aim[] {
  const imports = sizes.map((size) => ({ spans: size.spans, found: size.import.ratio }));
  const redacted = sizes.map((size) => ({ spans: size.spans, found: size.import.redactedRatio }));
  // The aim is about a busy door; over one connection the ratio tells how long a single fsync takes.
  const shares = sizes.flatMap(({ spans, ingest }) =>
    ingest.filter(({ connections }) => connections > 1).map(({ share }) => ({ spans, found: share })),
  );
  const peaks = sizes.flatMap(({ spans, ingest, ...size }) => [
    { spans, found: size.import.peakMb },
    { spans, found: size.library.peakMb },
    ...ingest.flatMap(({ peakMb }) => (peakMb === null ? [] : { spans, found: peakMb })),
  ]);
  return [
    atMost('import / bare pass', imports, MOST_IMPORT_RATIO),
    atMost('import with redaction / bare pass', redacted, MOST_REDACTED_RATIO),
    atLeast('ingest / parse and drop', shares, LEAST_INGEST_SHARE),
    atMost('peak memory, MB', peaks, MOST_PEAK_MB),
  ];
}

interface Found {
  readonly spans: number;
  readonly found: number;
}

function atMost(name: string, all: readonly Found[], aim: number): Aim {
  const worst = all.reduce((a, b) => (b.found > a.found ? b : a), { spans: 0, found: -Infinity });
  return { name, aim, found: worst.found, reached: worst.found <= aim, atSpans: worst.spans };
}

function atLeast(name: string, all: readonly Found[], aim: number): Aim {
  const worst = all.reduce((a, b) => (b.found < a.found ? b : a), { spans: 0, found: Infinity });
  return { name, aim, found: worst.found, reached: worst.found >= aim, atSpans: worst.spans };
}
