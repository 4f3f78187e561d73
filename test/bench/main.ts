/**
 * `npm run bench`: what README.md lists, size by size. The program starts itself again in the roles of
 * `roles.ts`, so that each is measured in a process that does nothing else.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { judge } from './aims.ts';
import { writeCorpus, type CorpusFile } from './corpus-file.ts';
import type { BenchResult, SizeFigures } from './figures.ts';
import { measureImport } from './measure-import.ts';
import { measureIngest } from './measure-ingest.ts';
import { measureLibraryOf } from './measure-library.ts';
import { startHost } from '../running-host/running-host.ts';
import { postFile } from './load.ts';
import { playRole } from './play-role.ts';
import { printResult } from './print-result.ts';
import { readSizes } from './read-size.ts';
import { ROLES, runRole } from './roles.ts';

/** This very file as it was bundled. */
const PROGRAM = fileURLToPath(import.meta.url);
const CONNECTIONS = [24, 1];
const WARM_UP_SPANS = 5000;
/** From this size on one run says enough, and more would take minutes. */
const LARGE_SPANS = 500_000;
const PROFILED_SPANS = 100_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: 'string', default: '10k,100k,1m' },
    runs: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    profile: { type: 'string' },
    role: { type: 'string' },
  },
});
const role = ROLES.find((name) => name === values.role);
if (role !== undefined) await playRole(role, positionals);
else await bench();

async function bench(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tracebench-bench-'));
  try {
    if (values.profile !== undefined) {
      await profile(values.profile, folder);
      return;
    }
    const warmUp = await writeCorpus(join(folder, 'warm-up.jsonl'), WARM_UP_SPANS);
    const sizes: SizeFigures[] = [];
    for (const spans of readSizes(values.sizes)) sizes.push(await measureSize(folder, spans, warmUp));
    const result: BenchResult = {
      node: process.versions.node,
      cores: cpus().length,
      runs: Number(values.runs),
      sizes,
      aims: judge(sizes),
    };
    process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : printResult(result));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureSize(folder: string, spans: number, warmUp: CorpusFile): Promise<SizeFigures> {
  const runs = spans >= LARGE_SPANS ? 1 : Number(values.runs);
  progress(`${spans} spans: writing the file`);
  const corpus = await writeCorpus(join(folder, `${spans}.jsonl`), spans);
  const directory = join(folder, `${spans}`);
  progress(`${spans} spans: import`);
  const figures = await measureImport(PROGRAM, corpus, runs, directory);
  const library = await measureLibraryOf(PROGRAM, directory);
  await rm(directory, { recursive: true, force: true });
  const ingest = [];
  for (const connections of CONNECTIONS) {
    progress(`${spans} spans: ingest over ${connections}`);
    ingest.push(await measureIngest(PROGRAM, corpus, warmUp, connections, runs));
  }
  await rm(corpus.path);
  return { spans, traces: corpus.traces, bytes: corpus.bytes, import: figures, ingest, library };
}

/** One import, or one load on the door, under the profiler of V8. */
async function profile(what: string, folder: string): Promise<void> {
  const corpus = await writeCorpus(join(folder, 'profile.jsonl'), PROFILED_SPANS);
  const profileTo = join('.cache', 'bench');
  await mkdir(profileTo, { recursive: true });
  const data = join(folder, 'data');
  if (what === 'import') {
    await runRole(PROGRAM, { role: 'import-once', args: [corpus.path, data], profileTo });
  } else {
    const host = await startHost({ data, nodeArguments: ['--cpu-prof', '--cpu-prof-dir', profileTo] });
    await postFile({ url: host.ingest, path: corpus.path, connections: CONNECTIONS[0] ?? 1 });
    await host.stop();
  }
  progress(`the profile is in ${profileTo}`);
}

function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
