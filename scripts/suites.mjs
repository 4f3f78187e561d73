// The suites of `npm test`. Each runs one tool and answers how many checks passed, failed and were skipped.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { CACHE, ROOT } from './paths.mjs';
import { runNode } from './run.mjs';
import { truthful } from './truthful.mjs';

const inModules = (path) => join(ROOT, 'node_modules', path);
const ESLINT = inModules('eslint/bin/eslint.js');
const SVELTE_CHECK = inModules('svelte-check/bin/svelte-check');
const VITEST = inModules('vitest/vitest.mjs');
const LINT_CACHE = ['--cache-location', join(CACHE, 'eslint.json')];
const PLAYWRIGHT = inModules('@playwright/test/cli.js');

/** Every suite by name, in the order of `npm test`. */
export const SUITES = {
  // Files that did not change are not judged again; a fresh clone, and so CI, judges them all.
  lint: () =>
    runTool([ESLINT, '.', '--max-warnings', '0', '--cache', '--cache-strategy', 'content', ...LINT_CACHE]),
  // svelte-check reads every TypeScript file of tsconfig.json, not components alone: tsc would say it all twice.
  types: () => runTool([SVELTE_CHECK, '--threshold', 'warning', '--fail-on-warnings', '--output', 'human']),
  unit: () => runVitest('unit', ['unit', 'page']),
  clients: () => runVitest('clients', ['clients']),
  packages: () => runVitest('packages', ['packages']),
  faults: () => runVitest('faults', ['faults']),
  browser: () => runPlaywright('browser'),
  e2e: () => runPlaywright('e2e'),
  screenshots: () => runPlaywright('screenshots'),
};

/** Suites that only read the sources, with one core each: they may run beside each other. */
export const READERS = new Set(['lint', 'types']);

/** A tool that only says yes or no counts as one check. Its words come in one piece, when it is done. */
async function runTool(args) {
  const { code, text } = await runNode(args, { output: 'collect' });
  process.stdout.write(text);
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

async function runVitest(name, projects) {
  const report = freshReport(`vitest-${name}.json`);
  const chosen = projects.map((project) => `--project=${project}`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await runNode([VITEST, 'run', ...chosen, ...reporters], {
    env: { NODE_ENV: 'test' },
  });
  const found = readReport(report);
  if (found === undefined) return countTruly(code, { passed: 0, failed: 0, skipped: 0 });
  // A file that cannot even be loaded has no tests to fail; it is counted as one failure.
  const unloaded = found.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return countTruly(code, {
    passed: found.numPassedTests,
    failed: found.numFailedTests + unloaded,
    skipped: found.numPendingTests + found.numTodoTests,
  });
}

async function runPlaywright(project) {
  const chromium = await ensureChromium();
  const report = freshReport(`playwright-${project}.json`);
  const { code } = await runNode([PLAYWRIGHT, 'test', `--project=${project}`], {
    env: { PLAYWRIGHT_REPORT: report, CHROMIUM: chromium },
  });
  const found = readReport(report);
  const stats = found?.stats ?? { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
  for (const title of titlesOfFlaky(found?.suites ?? [])) {
    process.stdout.write(`Passed on the second try only: ${title}\n`);
  }
  return countTruly(code, {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  });
}

function titlesOfFlaky(suites) {
  return suites.flatMap(({ specs = [], suites: inner = [] }) => [
    ...specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky')).map(({ title }) => title),
    ...titlesOfFlaky(inner),
  ]);
}

function countTruly(code, counts) {
  const says = truthful(code, counts);
  if (says.failed > counts.failed && code === 0)
    process.stdout.write('No test ran: a suite that is gone is not a pass.\n');
  return says;
}

function freshReport(name) {
  mkdirSync(CACHE, { recursive: true });
  const path = join(CACHE, name);
  rmSync(path, { force: true });
  return path;
}

function readReport(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}
