/** The tracing library as it is published, bundled once for the tests of a file. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { bundleClients } from '../../../scripts/build-clients.mjs';

/** The folder that holds the bundles, while the tests of the file run. */
export function buildPackage(options: { readonly minify?: boolean } = {}): () => string {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tracebench-test-'));
    await bundleClients(folder, options);
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return () => folder;
}
