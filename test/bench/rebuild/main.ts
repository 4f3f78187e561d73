/**
 * `npm run bench:rebuild`: how long a page takes to make its library again from the host, beside pulling the same
 * bytes and doing nothing with them. `--large` adds 1,000,000 spans, `--json` prints one value.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startHost } from '../../running-host/running-host.ts';
import { askHost } from '../../e2e/ask-host.ts';
import { writeCorpus } from '../corpus-file.ts';
import { median } from '../median.ts';
import { printRebuilds, type RebuildFigures } from './print-rebuilds.ts';
import { openPage, timePull, timeRebuild } from './time-rebuild.ts';

const { values } = parseArgs({
  options: {
    large: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '3' },
  },
});
const SIZES = [10_000, 100_000, ...(values.large ? [1_000_000] : [])];

const figures: RebuildFigures[] = [];
for (const spans of SIZES) figures.push(await measureSize(spans, Number(values.runs)));
process.stdout.write(values.json ? `${JSON.stringify({ sizes: figures })}\n` : printRebuilds(figures));

async function measureSize(spans: number, runs: number): Promise<RebuildFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'tracebench-bench-'));
  try {
    process.stderr.write(`${String(spans)} spans: import\n`);
    const corpus = await writeCorpus(join(folder, 'corpus.jsonl'), spans);
    const host = await startHost({ data: join(folder, 'data') });
    try {
      await askHost(host.ui, async (line) => {
        await line.request('import.paths', { importId: 'corpus', paths: [corpus.path] });
        // Folds every summary: neither of the two should pay for that.
        await line.request('library.list', { limit: 1 });
      });
      const page = await openPage(host.ui);
      try {
        process.stderr.write(`${String(spans)} spans: rebuild\n`);
        const pulls = [];
        const rebuilds = [];
        // In turn, so that a busy machine is as unjust to one as to the other.
        for (let run = 0; run < runs; run++) {
          pulls.push(await timePull(host.ui));
          rebuilds.push(await timeRebuild(page, host.ui));
        }
        const pullMs = median(pulls.map(({ ms }) => ms));
        const rebuildMs = median(rebuilds);
        const { bytes = 0 } = pulls[0] ?? {};
        const ratio = rebuildMs / pullMs;
        return { spans, traces: corpus.traces, bytes, pullMs, rebuildMs, ratio };
      } finally {
        await page.context().browser()?.close();
      }
    } finally {
      await host.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
