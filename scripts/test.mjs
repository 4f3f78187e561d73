// `npm test` and its smaller sisters: runs the suites named on the command line (all of them without a name)
// and closes with one plain line, the truth over all of them.
import { prepareOrExit } from './prepare.mjs';

const EVERYTHING = ['lint', 'types', 'unit', 'clients', 'packages', 'faults', 'browser', 'e2e'];

const named = process.argv.slice(2);
await prepareOrExit();
// Loaded only now: suites need the installed packages.
const { READERS, SUITES } = await import('./suites.mjs');

const unknown = named.filter((name) => !Object.hasOwn(SUITES, name));
if (unknown.length > 0) {
  process.stderr.write(
    `No suite is named ${unknown.join(', ')}. There are: ${Object.keys(SUITES).join(', ')}.\n`,
  );
  process.exit(2);
}

const total = { passed: 0, failed: 0, skipped: 0 };
const failing = [];
const chosen = named.length > 0 ? named : EVERYTHING;
await Promise.all(chosen.filter((name) => READERS.has(name)).map(runAndCount));
for (const name of chosen.filter((each) => !READERS.has(each))) await runAndCount(name);
process.stdout.write(failing.length === 0 ? '\n' : `\nFailing: ${failing.join(', ')}\n`);
process.stdout.write(`${describe(total)}\n`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function runAndCount(name) {
  process.stdout.write(`== ${name}\n`);
  const started = Date.now();
  const counts = await runSuite(name);
  for (const key of Object.keys(total)) total[key] += counts[key];
  if (counts.failed > 0) failing.push(name);
  process.stdout.write(
    `== ${name}: ${describe(counts)} in ${((Date.now() - started) / 1000).toFixed(1)} s\n`,
  );
}

async function runSuite(name) {
  try {
    return await SUITES[name]();
  } catch (error) {
    process.stdout.write(`${error.message}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function describe({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
