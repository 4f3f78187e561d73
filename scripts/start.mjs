// `npm start [-- FILES]`: makes what is missing or stale, starts the workbench, opens it, imports the files.
import { resolve } from 'node:path';
import { BUILT_CLI } from './paths.mjs';
import { prepareOrExit } from './prepare.mjs';
import { runNode } from './run.mjs';
import { passSignalsOn, startServe } from './serve-child.mjs';

const WITH_VALUE = new Set(['--port', '--ingest-port', '--data']);
const { options, files } = split(process.argv.slice(2));

await prepareOrExit();
process.stderr.write('Shell: the browser, because this version has no desktop shell yet.\n');
const { child, line } = startServe(BUILT_CLI, options);
passSignalsOn(() => child);
// Exiting here drops the timers of a signal that came; the exit code is the host's own.
child.once('exit', (code) => process.exit(code ?? 1));

const listening = await line;
if (listening !== undefined) {
  process.stdout.write(`Traces are received at ${listening.ingest}\n`);
  process.stdout.write(`Tracebench is open at  ${listening.ui}\n`);
  process.stdout.write(`Data is kept in        ${listening.data}\n`);
  if (files.length > 0) {
    const { code } = await runNode([BUILT_CLI, 'import', ...files, '--data', listening.data]);
    if (code !== 0) process.stderr.write('Not every file was imported whole.\n');
  }
  if (child.exitCode === null && child.signalCode === null) process.stdout.write('Ctrl-C ends it.\n');
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
