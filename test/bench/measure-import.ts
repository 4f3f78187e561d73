/** Import beside the bare pass. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { numberAt, ownAt, type JsonObject } from '../../core/model/json.ts';
import type { CorpusFile } from './corpus-file.ts';
import type { ImportFigures } from './figures.ts';
import { median } from './median.ts';
import { runRole } from './roles.ts';

/** `directory` keeps what was imported, for the library's figures. */
export async function measureImport(
  program: string,
  corpus: CorpusFile,
  runs: number,
  directory: string,
): Promise<ImportFigures> {
  // The thread that reads is an entry of the build.
  await promisify(execFile)(process.execPath, ['scripts/prepare.mjs']);
  const inTurn = await runRole(program, { role: 'import-in-turn', args: [corpus.path, String(runs)] });
  const once = await runRole(program, { role: 'import-once', args: [corpus.path, directory] });
  const bareMs = median(numbersAt(inTurn, 'bareMs'));
  const importMs = median(numbersAt(inTurn, 'importMs'));
  return {
    bareMs,
    importMs,
    ratio: importMs / bareMs,
    cpuRatio: median(numbersAt(inTurn, 'importCpuMs')) / median(numbersAt(inTurn, 'bareCpuMs')),
    spansPerSecond: corpus.spans / (importMs / 1000),
    redactedRatio: median(numbersAt(inTurn, 'redactedMs')) / bareMs,
    peakMb: numberAt(once, 'peakMb') ?? Number.NaN,
  };
}

function numbersAt(object: JsonObject, key: string): readonly number[] {
  const value = ownAt(object, key);
  return Array.isArray(value) ? value.filter((each): each is number => typeof each === 'number') : [];
}
