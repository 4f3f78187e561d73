// @vitest-environment happy-dom
import { flushSync } from 'svelte';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Growing } from '../../../../renderer/panels/trace/growing.svelte.ts';
import { ABANDONED_US } from '../../../../renderer/panels/trace/host-clock.ts';
import { drawnUs } from '../../../build/trace-text-record.ts';
import { loadDrawn } from './load-drawn.ts';

test('a trace that falls silent stops growing by itself, and news make it grow again', () => {
  vi.useFakeTimers({ now: drawnUs(60) / 1000 });
  onTestFinished(() => void vi.useRealTimers());
  let trace = $state.raw(loadDrawn('T custom 0...\n  a custom 0--50', 'live'));
  const seen: boolean[] = [];
  const stop = $effect.root(() => {
    const growing = new Growing(() => trace);
    $effect(() => {
      seen.push(growing.current);
    });
  });
  onTestFinished(stop);
  flushSync();
  expect(seen).toEqual([true]);

  vi.advanceTimersByTime(ABANDONED_US / 1000);
  flushSync();
  expect(seen).toEqual([true, false]);

  const laterMs = ABANDONED_US / 1000;
  trace = loadDrawn(`T custom 0...\n  a custom 0--${String(laterMs)}`, 'live');
  flushSync();
  expect(seen).toEqual([true, false, true]);
  expect(vi.getTimerCount()).toBe(1);
  stop();
  expect(vi.getTimerCount()).toBe(0);
});
