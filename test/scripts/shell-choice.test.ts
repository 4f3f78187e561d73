/** Which shell `npm start` takes, from what it can know. */
import { expect, it } from 'vitest';
import { chooseShell, REMEMBER_FAILURE_MS, type ShellFacts } from '../../scripts/shell-choice.mjs';

const NOW_MS = 1_800_000_000_000;
const FACTS: ShellFacts = {
  env: { DISPLAY: ':0' },
  platform: 'linux',
  isRoot: false,
  options: [],
  binary: undefined,
  failure: undefined,
  nowMs: NOW_MS,
};
const choose = (change: Partial<ShellFacts>): string => {
  const choice = chooseShell({ ...FACTS, ...change });
  return choice.kind === 'browser' ? choice.why : choice.kind;
};

it('takes the window where the binary is, and tries to fetch it where it is not', () => {
  expect(choose({ binary: 'electron' })).toBe('desktop');
  expect(choose({})).toBe('download');
  expect(choose({ platform: 'darwin', env: {} })).toBe('download');
});

it('takes the browser where that is asked for, whatever is here', () => {
  expect(choose({ binary: 'electron', env: { DISPLAY: ':0', TRACEBENCH_SHELL: 'browser' } })).toContain(
    'TRACEBENCH_SHELL',
  );
  expect(choose({ binary: 'electron', options: ['--no-open'] })).toContain('--no-open');
});

it('takes the browser where no window could be', () => {
  expect(choose({ binary: 'electron', env: {} })).toContain('no display');
  expect(choose({ binary: 'electron', isRoot: true })).toContain('root');
  expect(choose({ binary: 'electron', env: { WAYLAND_DISPLAY: 'w' } })).toBe('desktop');
});

it('downloads nothing under CI and tests', () => {
  for (const env of [{ CI: 'true' }, { NODE_ENV: 'test' }, { VITEST: 'true' }]) {
    expect(choose({ env: { DISPLAY: ':0', ...env } })).toContain('download nothing');
    expect(choose({ env: { DISPLAY: ':0', ...env }, binary: 'electron' })).toBe('desktop');
  }
});

it('remembers a failed download for a day, and says why it failed', () => {
  const failure = { at: NOW_MS, reason: 'no connection' };
  expect(choose({ failure })).toContain('no connection');
  expect(choose({ failure, nowMs: NOW_MS + REMEMBER_FAILURE_MS - 1 })).toContain('no connection');
  expect(choose({ failure, nowMs: NOW_MS + REMEMBER_FAILURE_MS })).toBe('download');
  // A clock that was set back must not make it a year.
  expect(choose({ failure, nowMs: NOW_MS - 1 })).toBe('download');
});
