// `npm run dev`: the page through vite's dev server (changes appear at once), the host rebuilt and started anew
// when one of its sources changes. Data stays in .cache/dev-data unless TRACEBENCH_DATA says otherwise.
import { join } from 'node:path';
import { CACHE, ROOT } from './paths.mjs';
import { prepareOrExit } from './prepare.mjs';
import { passSignalsOn, startServe } from './serve-child.mjs';

await prepareOrExit({ build: false });
const { build, createServer, mergeConfig } = await import('vite');
const { resolveConfig } = await import('electron-vite');

const mainFolder = join(CACHE, 'dev', 'main');
const data = process.env.TRACEBENCH_DATA ?? join(CACHE, 'dev-data');
const { config } = await resolveConfig({ root: ROOT }, 'serve');
let host;
let ports;
let page;

passSignalsOn(() => {
  void page?.close();
  void watcher.close();
  return host;
});
const watcher = await build(
  mergeConfig(config.main, { logLevel: 'warn', build: { outDir: mainFolder, emptyOutDir: true, watch: {} } }),
);
watcher.on('event', (event) => {
  if (event.code === 'END') void restartHost();
  if (event.code === 'ERROR') process.stderr.write(`${event.error.message}\n`);
});

async function restartHost() {
  if (host !== undefined && host.exitCode === null) {
    const ended = new Promise((resolve) => host.once('exit', resolve));
    host.kill('SIGTERM');
    await ended;
  }
  // The ports of the first start are kept, so that the open page and the traced program find the next one.
  const args = ports ?? ['--port', '0', '--ingest-port', process.env.TRACEBENCH_INGEST_PORT ?? '4318'];
  const started = startServe(join(mainFolder, 'cli.js'), [...args, '--data', data, '--no-open']);
  host = started.child;
  const listening = await started.line;
  if (listening === undefined) return;
  const ui = new URL(listening.ui);
  ports = ['--port', ui.port, '--ingest-port', new URL(listening.ingest).port];
  page ??= await startPage(ui);
  const address = new URL(page.resolvedUrls.local[0]);
  address.hash = ui.hash;
  process.stdout.write(
    `Traces are received at ${listening.ingest}\nThe page is at         ${address.href}\n`,
  );
}

/** vite's server passes the host's own routes on, under the host's origin so that its checks hold. */
async function startPage(ui) {
  const target = ui.origin;
  const proxy = {
    '/rpc': { target, ws: true, changeOrigin: true, rewriteWsOrigin: true },
    '/import': { target, changeOrigin: true, headers: { origin: target } },
  };
  const server = await createServer(mergeConfig(config.renderer, { server: { proxy } }));
  return server.listen();
}
