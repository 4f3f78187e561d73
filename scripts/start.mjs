// `npm start [-- FILES]`: makes what is missing or stale, starts the workbench, opens it, imports the files.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { fetchElectron, findElectron, readFailure } from './electron-binary.mjs';
import { BUILT_CLI, ROOT } from './paths.mjs';
import { prepareOrExit } from './prepare.mjs';
import { runNode } from './run.mjs';
import { passSignalsOn, startServe } from './serve-child.mjs';
import { chooseShell } from './shell-choice.mjs';

const WITH_VALUE = new Set(['--port', '--ingest-port', '--data']);
const { options, files } = split(process.argv.slice(2));

await prepareOrExit();
const choice = await settleShell();
if (choice.kind === 'desktop') process.exit(await runDesktop(choice.binary));
process.stderr.write(`Shell: the browser, because ${choice.why}.\n`);
const { child, line } = startServe(BUILT_CLI, options);
passSignalsOn(() => child);
const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));

const listening = await line;
let imported = 0;
if (listening !== undefined) {
  process.stdout.write(`Traces are received at ${listening.ingest}\n`);
  process.stdout.write(`Tracebench is open at  ${listening.ui}\n`);
  process.stdout.write(`Data is kept in        ${listening.data}\n`);
  if (files.length > 0) {
    imported = (await runNode([BUILT_CLI, 'import', ...files, '--data', listening.data])).code;
    if (imported !== 0) process.stderr.write('Not every file was imported whole.\n');
  }
  // Beside a workbench that runs already, `serve` ends at once and the import is all that this start does.
  if (listening.pid === child.pid) {
    imported = 0;
    if (child.exitCode === null && child.signalCode === null) process.stdout.write('Ctrl-C ends it.\n');
  }
}
// Exiting drops the timers of a signal that came.
process.exit((await ended) || imported);

/** The desktop window, or the browser and why. Fetches Electron where that was not tried lately. */
async function settleShell() {
  const facts = {
    env: process.env,
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    options,
    binary: findElectron(),
    failure: readFailure(),
    nowMs: Date.now(),
  };
  const chosen = chooseShell(facts);
  if (chosen.kind !== 'download') return chosen;
  process.stderr.write('Electron is not here yet: trying to download it, once.\n');
  const binary = await fetchElectron({ say: (words) => process.stderr.write(`${words}\n`) });
  return chooseShell({ ...facts, binary, failure: readFailure(), nowMs: Date.now() });
}

/** Resolves with its exit code. It imports the files itself, and shows how that goes. */
function runDesktop(binary) {
  process.stderr.write('Shell: the desktop window, because Electron is here.\n');
  const env = { ...process.env };
  // With it, the binary would be a plain Node.
  delete env.ELECTRON_RUN_AS_NODE;
  const desktop = spawn(binary, [ROOT, ...files], { stdio: 'inherit', env });
  passSignalsOn(() => desktop);
  return new Promise((done) => {
    desktop.once('exit', (code) => done(code ?? 1));
    desktop.once('error', (error) => {
      process.stderr.write(`Electron could not be started: ${error.message}.\n`);
      done(1);
    });
  });
}

/** Options go on to `serve`; everything else is a file, relative to where the user called from. */
function split(words) {
  const found = { options: [], files: [] };
  const from = process.env.INIT_CWD ?? process.cwd();
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (!word.startsWith('--')) found.files.push(resolve(from, word));
    else if (WITH_VALUE.has(word) && i + 1 < words.length) found.options.push(word, words[++i]);
    else found.options.push(word);
  }
  return found;
}
