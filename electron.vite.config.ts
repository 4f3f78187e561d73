/** Builds the three parts of the product: main (desktop shell and command line), preload, and the page. */
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

const inProject = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  main: {
    // Without these, `ws` asks for two optional native packages that are not installed and not needed.
    define: { 'process.env.WS_NO_BUFFER_UTIL': '"1"', 'process.env.WS_NO_UTF_8_VALIDATE': '"1"' },
    build: {
      // The command line runs on the user's own Node, which is older than Electron's.
      target: 'node20.19',
      externalizeDeps: false,
      // The engine of the plugins is WebAssembly inside a chunk, as text: 830 kB.
      chunkSizeWarningLimit: 1000,
      rolldownOptions: {
        input: {
          main: inProject('electron/main.ts'),
          'host-process': inProject('electron/host-process.ts'),
          cli: inProject('cli/main.ts'),
          'import-thread': inProject('electron/host/import/import-thread.ts'),
          'search-thread': inProject('electron/host/search/search-thread.ts'),
          'plugin-thread': inProject('electron/host/plugins/plugin-thread.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        input: { preload: inProject('electron/preload.ts') },
        // A sandboxed preload is one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: inProject('renderer'),
    plugins: [svelte({ configFile: inProject('svelte.config.js') })],
    server: { host: '127.0.0.1' },
    build: {
      // The page also runs in the user's own browser, not only in Electron's Chromium.
      target: 'es2022',
      minify: true,
      // The content security policy allows neither inline scripts nor data: scripts and styles.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: inProject('renderer/index.html'),
        // Says how long plugins took; it is no warning that anybody could act on.
        checks: { bundlerTimings: false },
      },
    },
    worker: { format: 'es' },
  },
});
