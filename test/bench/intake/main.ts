/**
 * `npm run bench:intake`: the door of a real host with nothing switched on, and with redaction, access and sampling on,
 * in turn. The processor time of the host (all its threads) is what counts on a machine that does other work as well.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openHostConnection } from '../../../electron/host/client/host-connection.ts';
import { startHost } from '../../running-host/running-host.ts';
import { writeCorpus } from '../corpus-file.ts';
import { postFile } from '../load.ts';
import { median } from '../median.ts';
import { readSizes } from '../read-size.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '20k' },
    runs: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});

/** What is switched on, by the name of the row. */
const SETS: Readonly<Record<string, readonly string[]>> = {
  nothing: [],
  redaction: ['redact'],
  access: ['access'],
  sampling: ['sample'],
  'audit log': ['audit'],
  'all three': ['access', 'sample', 'redact'],
};
const WARM_UP_SPANS = 5000;
const CONNECTIONS = 8;

interface Measured {
  readonly cpuMs: number;
  readonly wallMs: number;
}

interface Row extends Measured {
  readonly on: string;
  readonly spans: number;
  readonly spansPerSecond: number;
  /** Of the throughput with nothing on, by processor time and by the clock. */
  readonly cpuShare: number;
  readonly wallShare: number;
}

await bench();

async function bench(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tracebench-bench-'));
  try {
    const warmUp = await writeCorpus(join(folder, 'warm-up.jsonl'), WARM_UP_SPANS);
    const rows: Row[] = [];
    for (const spans of readSizes(values.sizes)) {
      const corpus = await writeCorpus(join(folder, `${String(spans)}.jsonl`), spans);
      rows.push(...(await measureSets(warmUp.path, corpus.path, spans)));
    }
    if (values.json) process.stdout.write(`${JSON.stringify({ rows })}\n`);
    else print(rows);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureSets(warmUp: string, corpus: string, spans: number): Promise<readonly Row[]> {
  const measured = new Map<string, Measured[]>();
  for (let run = 0; run < Number(values.runs); run++) {
    for (const [on, ids] of Object.entries(SETS)) {
      measured.set(on, [...(measured.get(on) ?? []), await measureOnce(warmUp, corpus, ids)]);
    }
  }
  const middle = (on: string, field: keyof Measured): number =>
    median((measured.get(on) ?? []).map((each) => each[field]));
  return Object.keys(SETS).map((on) => ({
    on,
    spans,
    cpuMs: middle(on, 'cpuMs'),
    wallMs: middle(on, 'wallMs'),
    spansPerSecond: spans / (middle(on, 'wallMs') / 1000),
    cpuShare: middle('nothing', 'cpuMs') / middle(on, 'cpuMs'),
    wallShare: middle('nothing', 'wallMs') / middle(on, 'wallMs'),
  }));
}

async function measureOnce(warmUp: string, corpus: string, ids: readonly string[]): Promise<Measured> {
  const data = await mkdtemp(join(tmpdir(), 'tracebench-bench-'));
  const host = await startHost({ data });
  try {
    await switchOn(host.ui, ids);
    await postFile({ url: host.ingest, path: warmUp, connections: CONNECTIONS });
    const before = await cpuMsOf(host.pid);
    const { ms } = await postFile({ url: host.ingest, path: corpus, connections: CONNECTIONS });
    return { cpuMs: (await cpuMsOf(host.pid)) - before, wallMs: ms };
  } finally {
    await host.stop();
    await rm(data, { recursive: true, force: true });
  }
}

async function switchOn(ui: string, ids: readonly string[]): Promise<void> {
  const url = new URL(ui);
  const token = new URLSearchParams(url.hash.slice(1)).get('t') ?? '';
  const { connection } = await openHostConnection({ ui: url.origin, token }, () => undefined);
  for (const id of ids) await connection.request('plugins.enable', { id, enabled: true });
  connection.close();
}

/** Of all threads of a process, where the system tells it; 0 elsewhere. */
async function cpuMsOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 10;
}

function print(rows: readonly Row[]): void {
  for (const { on, spans, cpuMs, spansPerSecond, cpuShare, wallShare } of rows) {
    const share = `${cpuShare.toFixed(2)} by processor time, ${wallShare.toFixed(2)} by the clock`;
    process.stdout.write(
      `${on.padEnd(10)} ${String(spans).padStart(8)} spans  ${cpuMs.toFixed(0).padStart(7)} ms of processor  ` +
        `${spansPerSecond.toFixed(0).padStart(7)} spans/s  ${share}\n`,
    );
  }
}
