/** `test` with a host of its own: started before the test, ended after it together with its data. */
import { rm } from 'node:fs/promises';
import { test as base } from '@playwright/test';
import { startHost, type RunningHost } from '../running-host/running-host.ts';

export { expect } from '@playwright/test';
export {
  makeDataDirectory,
  postBody,
  runCli,
  runCliJson,
  startHost,
  type RunningHost,
} from '../running-host/running-host.ts';

export const test = base.extend<{ host: RunningHost }>({
  // Playwright asks for a destructured first argument even where there is nothing to take.
  // eslint-disable-next-line no-empty-pattern
  host: async ({}, provide) => {
    const host = await startHost();
    try {
      await provide(host);
    } finally {
      await host.stop();
      await rm(host.data, { recursive: true, force: true });
    }
  },
});
