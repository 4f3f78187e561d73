/** Tests in a real Chromium: `browser` (parts of the page), `e2e` (host and page), `screenshots` (on request). */
import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/chromium.mjs';

const executablePath = findChromium();

// Keeps Chromium from looking outside on its own; requests of the page itself are counted by offline.spec.ts.
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig({
  outputDir: 'test-results',
  workers: 1,
  // On a machine that others load too a test may be late once. What passed only then is named by the suite.
  retries: process.env.CI === undefined ? 0 : 1,
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  reporter: [['line'], ['json', { outputFile: process.env.PLAYWRIGHT_REPORT ?? '.cache/playwright.json' }]],
  use: {
    browserName: 'chromium',
    headless: true,
    trace: 'off',
    serviceWorkers: 'block',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: process.getuid?.() === 0 ? [...QUIET, '--no-sandbox'] : QUIET,
    },
  },
  projects: [
    { name: 'browser', testDir: 'test/browser' },
    { name: 'e2e', testDir: 'test/e2e' },
    { name: 'screenshots', testDir: 'test/screenshots' },
  ],
});
