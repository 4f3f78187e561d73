/**
 * `npm run bench:trace [-- --sizes 10k,100k,1m] [-- --bundles 10k,100k,1m] [-- --runs 5] [-- --json] [-- --write]`:
 * one trace of any size in a real browser beside speedscope and an empty animation loop; many traces beside a bare
 * pass and a server that drops; a running trace. `--write` puts the tables into docs/performance.md. The program
 * starts itself again in the roles of `../roles.ts`.
 */
import type { Browser } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeCorpus } from '../corpus-file.ts';
import { writeSection } from '../performance-page.ts';
import { playRole } from '../play-role.ts';
import { readSizes } from '../read-size.ts';
import { ROLES } from '../roles.ts';
import { launchBrowser } from './browser.ts';
import { describeRun } from './describe-run.ts';
import type { BundleFigures, LiveFigures, SingleFigures, TraceBenchResult } from './figures.ts';
import { measureBundle } from './measure-bundle.ts';
import { measureLive } from './measure-live.ts';
import { measureSingle } from './measure-single.ts';
import { printTraceBench } from './print-trace-bench.ts';
import { findSpeedscope } from './speedscope-site.ts';

/** This very file as it was bundled. */
const PROGRAM = fileURLToPath(import.meta.url);
const WARM_UP_SPANS = 5000;
/** From this size on one run of a bundle says enough, and more would take many minutes. */
const LARGE_SPANS = 500_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: 'string', default: '10k,100k,1m' },
    bundles: { type: 'string', default: '10k,100k,1m' },
    live: { type: 'string', default: '1k,10k' },
    runs: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    role: { type: 'string' },
  },
});
const runs = Number(values.runs);
const role = ROLES.find((name) => name === values.role);
if (role !== undefined) await playRole(role, positionals);
else await bench();

async function bench(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tracebench-bench-'));
  const browser = await launchBrowser();
  const before = minuteLoad();
  try {
    const live = await measureLives(browser);
    const singles = await measureSingles(browser, folder);
    const bundles = await measureBundles(folder);
    const result: TraceBenchResult = {
      node: process.versions.node,
      browser: browser.version(),
      cores: cpus().length,
      runs,
      load: [before, minuteLoad()],
      ...{ bundles, singles, live },
    };
    process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : printTraceBench(result));
    const sections = values.write ? describeRun(result) : [];
    for (const { title, body } of sections) await writeSection(title, body, process.cwd());
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureLives(browser: Browser): Promise<readonly LiveFigures[]> {
  const found: LiveFigures[] = [];
  for (const spans of readSizes(values.live)) {
    progress(`a running trace of ${String(spans)}`);
    found.push(await measureLive(browser, spans));
  }
  return found;
}

async function measureSingles(browser: Browser, folder: string): Promise<readonly SingleFigures[]> {
  const speedscope = await findSpeedscope();
  const found: SingleFigures[] = [];
  for (const spans of readSizes(values.sizes)) {
    found.push(await measureSingle({ browser, folder, spans, runs, speedscope, progress }));
  }
  return found;
}

async function measureBundles(folder: string): Promise<readonly BundleFigures[]> {
  const warmUp = await writeCorpus(join(folder, 'warm-up.jsonl'), WARM_UP_SPANS);
  const found: BundleFigures[] = [];
  for (const spans of readSizes(values.bundles)) {
    const times = spans >= LARGE_SPANS ? 1 : runs;
    found.push(await measureBundle({ program: PROGRAM, folder, spans, runs: times, warmUp, progress }));
  }
  return found;
}

function minuteLoad(): number {
  return loadavg()[0] ?? Number.NaN;
}

function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
