/**
 * Writes generated traces to a file, one JSON line a record. Usage:
 * node scripts/run-ts.mjs test/generate/main.ts --spans N [--seed N] [--shape items|events] [--out FILE]
 */
import { createWriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { generateLines } from './generate.ts';
import { writeLines } from './write-lines.ts';

const { values } = parseArgs({
  options: {
    spans: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    shape: { type: 'string', default: 'items' },
    out: { type: 'string' },
  },
});
const lines = generateLines({
  spans: Number(values.spans),
  seed: Number(values.seed),
  shape: values.shape === 'events' ? 'events' : 'items',
});
await writeLines(lines, values.out === undefined ? process.stdout : createWriteStream(values.out));
