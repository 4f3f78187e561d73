/** What must hold of every file whatever its format: its name says nothing, and no damage throws or hangs. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { foldFiles, type FoldedFiles } from '../../electron/host/import/fold-files.ts';
import { FileReader } from '../../electron/host/import/read-file.ts';
import { makeTemporaryDirectory } from '../electron/host/temporary-directory.ts';

const FLIPS = 200;
const LATE_US = 1_900_000_000_000_000;

export const foldMade = (...paths: readonly string[]): Promise<FoldedFiles> =>
  foldFiles(paths, () => LATE_US);

/** Reads the file, of which so many things are skipped, and then its copies under another name, cut, and with flipped bits. */
export async function foldSturdily(path: string, skipped = 0): Promise<FoldedFiles> {
  const folded = await foldMade(path);
  const [report] = folded.files;
  const spans = report?.spans ?? 0;
  expect(report?.skipped).toBe(skipped);
  const bytes = await readFile(path);
  const copy = join(await makeTemporaryDirectory(), 'x');
  await writeFile(copy, bytes);
  const nameless = ({ summaries }: FoldedFiles): unknown =>
    summaries.map((summary) => ({ ...summary, origins: [] }));
  expect(nameless(await foldMade(copy))).toEqual(nameless(folded));
  // Seven bytes less: lines of one length would be cut where one ends.
  for (const part of [0.1, 0.5, 0.9]) {
    await writeFile(copy, bytes.subarray(0, Math.floor(bytes.length * part) - 7));
    const [cut] = (await foldMade(copy)).files;
    expect(cut?.diagnostics, `cut at ${String(part)}`).not.toEqual([]);
    expect(cut?.spans).toBeLessThanOrEqual(spans);
    if (part === 0.9 && spans > 2) expect(cut?.spans).toBeGreaterThan(spans / 2);
  }
  for (const place of placesIn(bytes.length)) {
    const flipped = Buffer.from(bytes);
    flipped[place] = (flipped[place] ?? 0) ^ (1 << (place % 8));
    const reader = new FileReader('flipped', () => 0);
    reader.push(flipped);
    reader.end();
    expect(reader.report('flipped').spans).toBeLessThanOrEqual(2 * spans + 2);
  }
  return folded;
}

/** Seeded, so that a failure can be had again. */
function* placesIn(length: number): Generator<number> {
  let state = 3;
  for (let i = 0; i < FLIPS; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state % length;
  }
}
