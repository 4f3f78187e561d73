/**
 * `npm run bench:corpus [-- --sizes 10k,100k,1m] [-- --runs 5] [-- --json] [-- --write]`: questions over all traces
 * of a generated library of 40 spans a trace, cold and warm, beside one pass over the same columns in the same run,
 * and how they grow; and those to the page's list. Each size is measured in a process that does nothing else.
 */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { systemClock } from '../../../electron/host/host.ts';
import { importWithoutHost } from '../../../electron/host/import/import-without-host.ts';
import { readHere } from '../../../electron/host/import/reading.ts';
import { generateLines } from '../../generate/generate.ts';
import { writeLines } from '../../generate/write-lines.ts';
import { writeSection } from '../performance-page.ts';
import { readSizes } from '../read-size.ts';
import { measureCorpus, type CorpusFigures } from './measure-corpus.ts';
import { printCorpusBench } from './print-corpus-bench.ts';

/** This very file as it was bundled. */
const PROGRAM = fileURLToPath(import.meta.url);
const SPANS_PER_TRACE = 40;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: 'string', default: '10k,100k' },
    runs: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    role: { type: 'string' },
  },
});
const [directory = ''] = positionals;
if (values.role === 'measure') {
  process.stdout.write(JSON.stringify(await measureCorpus(directory, Number(values.runs))));
} else await bench();

async function bench(): Promise<void> {
  const sizes: CorpusFigures[] = [];
  for (const spans of readSizes(values.sizes)) sizes.push(await measureSize(spans));
  const text = printCorpusBench(sizes);
  process.stdout.write(values.json ? `${JSON.stringify({ sizes })}\n` : `${text}\n`);
  if (values.write) await writeSection('Many traces', describe(text), process.cwd());
}

async function measureSize(spans: number): Promise<CorpusFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'tracebench-corpus-'));
  try {
    const file = join(folder, 'traces.jsonl');
    process.stderr.write(`${String(spans)} spans: writing, importing, asking\n`);
    const lines = generateLines({ seed: spans, spans, spansPerTrace: SPANS_PER_TRACE });
    await writeLines(lines, createWriteStream(file));
    const data = join(folder, 'data');
    await importWithoutHost(data, [file], systemClock, () => undefined, false, readHere);
    await rm(file);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [PROGRAM, '--role', 'measure', '--runs', values.runs, data],
      { maxBuffer: 2 ** 24 },
    );
    // Printed by measureCorpus in the process that was just run.
    return JSON.parse(stdout) as CorpusFigures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function describe(text: string): string {
  const machine = `${String(cpus().length)} × ${cpus()[0]?.model ?? 'an unknown processor'}, ${(totalmem() / 2 ** 30).toFixed(0)} GB`;
  const day = new Date().toISOString().slice(0, 10);
  return `The host's answers over all traces of a generated library, ${String(SPANS_PER_TRACE)} spans a trace. **Cold** is the first
question after a start (the handoff map): it reads the columns of every segment, folds each trace and keeps what the
questions need. **Warm** are the questions after it. **Pass** is one sum over every value of the same columns in
memory, in the same run; **stall** is the longest that anything else had to wait for the thread meanwhile. The page's
own part is not in it.

${day}, Node ${process.versions.node}, ${machine}, ${values.runs} runs. Again: \`npm run bench:corpus -- --sizes ${values.sizes} --write\`.

\`\`\`
${text}
\`\`\``;
}
