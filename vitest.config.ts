/** Tests without a browser: `unit` (fast, what `npm run check` runs), `page` (Svelte parts), `clients` (the real SDKs in programs of their own), `packages` (npm, desktop), `faults` (kill -9). */
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const inProject = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** Programs with a real SDK, and the clients as they are published: a minute that few changes need. */
const CLIENTS = [
  'test/clients/{agents,package,python,robustness}/**/*.test.ts',
  'test/formats-made/*.test.ts',
  'test/real-writers/*.test.ts',
];
const setupFiles = [inProject('test/setup/no-unexpected-console.ts')];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/renderer/**', 'test/faults/**', 'test/packages/**', ...CLIENTS],
          setupFiles,
          testTimeout: 15_000,
        },
      },
      {
        plugins: [svelte({ configFile: inProject('svelte.config.js') })],
        // Without `browser`, Svelte resolves to its server build, which mounts nothing.
        resolve: {
          conditions: ['browser'],
          // Its browser build refuses to work; tests of the page's state speak with a real host.
          alias: { ws: inProject('node_modules/ws/wrapper.mjs') },
        },
        test: {
          name: 'page',
          include: ['test/renderer/**/*.test.ts'],
          setupFiles,
          testTimeout: 15_000,
        },
      },
      {
        test: {
          name: 'clients',
          include: CLIENTS,
          setupFiles,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'packages',
          include: ['test/packages/**/*.test.ts'],
          setupFiles,
          testTimeout: 15_000,
          // Both packages are made from the one build.
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          setupFiles,
          testTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
