/**
 * `npm run bench:formats [-- --sizes 10k,100k] [-- --runs 3] [-- --formats zipkin,otlp] [-- --json] [-- --write]`:
 * what each reader costs beside bare `JSON.parse` of the same bytes in the same run, and its memory. A reader is
 * measured from bytes to what the journal is given: lines, their crc32 and rows, with the counts of the report;
 * nothing is written. 1m is to be asked for. `--write` puts the table into docs/performance.md.
 */
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { isJsonObject, numberAt, ownAt, type JsonObject } from '../../../core/model/json.ts';
import { median } from '../median.ts';
import { writeSection } from '../performance-page.ts';
import { timeFile, weighFile } from './measure-file.ts';
import { WRITTEN_FILES, type WrittenFile } from './written-files.ts';

/** This very file as it was bundled. */
const PROGRAM = fileURLToPath(import.meta.url);

interface Figures {
  readonly format: string;
  readonly spans: number;
  readonly bytes: number;
  readonly bareMs: number | null;
  readonly readMs: number;
  readonly ratio: number | null;
  readonly mbPerSecond: number;
  readonly spansPerSecond: number;
  readonly peakMb: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: 'string', default: '10k,100k' },
    runs: { type: 'string', default: '3' },
    formats: { type: 'string' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    section: { type: 'string', default: 'Readers' },
    role: { type: 'string' },
  },
});
const [path = '', format = '', isLines = '', runs = '1'] = positionals;
if (values.role === 'time') say(await timeFile(path, format, isLines === 'lines', Number(runs)));
else if (values.role === 'weigh') say(await weighFile(path, format));
else await bench();

function say(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

async function bench(): Promise<void> {
  const wanted = values.formats?.split(',');
  const files = WRITTEN_FILES.filter((file) => wanted === undefined || wanted.includes(file.format));
  const folder = await mkdtemp(join(tmpdir(), 'tracebench-formats-'));
  const all: Figures[] = [];
  try {
    for (const spans of values.sizes.split(',').map(readSize)) {
      for (const file of files) all.push(await measure(file, spans, join(folder, 'file')));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (values.json) say({ node: process.versions.node, runs: Number(values.runs), formats: all });
  else process.stdout.write(printTable(all));
  if (values.write) await writeSection(values.section, describeRun(all), process.cwd());
}

/** Time and memory are taken in two processes: the bare pass holds the whole file. */
async function measure(file: WrittenFile, spans: number, to: string): Promise<Figures> {
  process.stderr.write(`${file.format}, ${String(spans)} spans\n`);
  const text = file.isLines ? endLines(file.write(spans)) : file.write(spans);
  await pipeline(Readable.from(text), createWriteStream(to));
  const { size: bytes } = await stat(to);
  const times = await runRole('time', to, file.format, file.isLines ? 'lines' : 'whole', values.runs);
  const weight = await runRole('weigh', to, file.format);
  const bareMs = median(numbersAt(times, 'bareMs'));
  const readMs = median(numbersAt(times, 'readMs'));
  const found = numberAt(weight, 'spans') ?? 0;
  if (found !== spans) throw new Error(`${file.format}: ${String(found)} of ${String(spans)} spans`);
  return {
    format: file.format,
    spans,
    bytes,
    bareMs: Number.isNaN(bareMs) ? null : bareMs,
    readMs,
    ratio: Number.isNaN(bareMs) ? null : readMs / bareMs,
    mbPerSecond: bytes / 1000 / readMs,
    spansPerSecond: spans / (readMs / 1000),
    peakMb: numberAt(weight, 'peakMb') ?? 0,
  };
}

function* endLines(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield line.endsWith('\n') ? line : `${line}\n`;
}

async function runRole(role: string, ...args: readonly string[]): Promise<JsonObject> {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, '--role', role, ...args]);
  const said: unknown = JSON.parse(stdout);
  if (!isJsonObject(said)) throw new TypeError(`${role} said no object`);
  return said;
}

/** NaN travels as null. */
function numbersAt(object: JsonObject, key: string): readonly number[] {
  const list = ownAt(object, key);
  return Array.isArray(list)
    ? list.map((each: unknown) => (typeof each === 'number' ? each : Number.NaN))
    : [];
}

function readSize(text: string): number {
  const match = /^(\d+)([km]?)$/.exec(text.trim().toLowerCase());
  if (match === null) throw new Error(`not a size: "${text}"`);
  return Number(match[1]) * (match[2] === 'k' ? 1000 : match[2] === 'm' ? 1_000_000 : 1);
}

/** The section of docs/performance.md: machine, date, how to run, and the table. */
function describeRun(all: readonly Figures[]): string {
  const [cpu] = cpus();
  const machine = `${String(cpus().length)} × ${cpu?.model.trim() ?? 'unknown processor'}`;
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GB of memory`;
  const day = new Date().toISOString().slice(0, 10);
  return [
    'What each reader costs from bytes to what the journal is given (lines, their crc32, rows, the counts of the',
    'report), beside bare `JSON.parse` of the same bytes in the same process, medians; peak memory in a process of',
    'its own. Every tenth span calls a model with a text, half of the texts outside of ASCII.',
    '',
    `${day}, Node ${process.versions.node}, ${machine}, ${memory}. Again: \`npm run bench:formats -- --sizes ${values.sizes} --write\`.`,
    '',
    '```',
    printTable(all).trimEnd(),
    '```',
  ].join('\n');
}

function printTable(all: readonly Figures[]): string {
  const head = ['format', 'spans', 'MB', 'bare ms', 'read ms', 'ratio', 'MB/s', 'spans/s', 'peak MB'];
  const rows = all.map((each) => [
    each.format,
    String(each.spans),
    (each.bytes / 1e6).toFixed(1),
    each.bareMs?.toFixed(0) ?? '-',
    each.readMs.toFixed(0),
    each.ratio?.toFixed(2) ?? '-',
    each.mbPerSecond.toFixed(1),
    Math.round(each.spansPerSecond).toLocaleString('en-US'),
    each.peakMb.toFixed(0),
  ]);
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  return `${[head, ...rows].map(line).join('\n')}\n`;
}
