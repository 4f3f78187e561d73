/** A bare append of what a body of 100 items weighs, and its fsync. */
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quantile } from '../median.ts';
import type { DiskFigures } from './figures.ts';

const BYTES = 142 * 1024;
const APPENDS = 200;

export async function measureDisk(): Promise<DiskFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'tracebench-bench-'));
  const handle = await open(join(folder, 'file'), 'a');
  const found: number[] = [];
  try {
    const body = Buffer.alloc(BYTES, 'x');
    for (let i = 0; i < APPENDS; i++) {
      const start = performance.now();
      await handle.appendFile(body);
      await handle.datasync();
      found.push(performance.now() - start);
    }
  } finally {
    await handle.close();
    await rm(folder, { recursive: true, force: true });
  }
  return { bytes: BYTES, p50Ms: quantile(found, 0.5), p95Ms: quantile(found, 0.95) };
}
