// @vitest-environment happy-dom
/** The pages about Tracebench itself: one that fails stands alone, and each has an address. */
import { flushSync } from 'svelte';
import { expect, onTestFinished, test, vi } from 'vitest';
import Pages from '../../../renderer/shell/Pages.svelte';
import { OWN_PLACES, readPlace, writePlace } from '../../../renderer/state/place.ts';
import type { Workbench } from '../../../renderer/state/workbench.svelte.ts';
import { mounted, textOf } from '../mounted.ts';

test.each(OWN_PLACES)('%s has an address that leads to it', (kind) => {
  expect(writePlace({ kind })).toBe(`#/${kind}`);
  expect(readPlace(`#/${kind}`)).toEqual({ kind });
});

test.each(OWN_PLACES)('%s fails in its own place, and says so', (kind) => {
  vi.stubGlobal('reportError', vi.fn());
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  const fault = (): never => {
    throw new Error('a fault of ours');
  };
  // Every part of the workbench that these pages read is at fault.
  const part = new Proxy({}, { get: fault });
  const parts = { link: {}, library: { address: { filter: {} } }, feed: { state: {} } };
  const workbench = {
    ...parts,
    settings: part,
    cleanup: part,
    healthWatch: part,
    reports: part,
  } as unknown as Workbench;
  const target = mounted(Pages, { workbench, place: { kind } });
  flushSync();
  expect(textOf(target.querySelector('[role="alert"]'))).toContain('could not be drawn');
});
