/** A directory of a test's own, removed when the test is over. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export async function makeTemporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'tracebench-test-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
