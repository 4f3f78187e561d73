// @vitest-environment happy-dom
import { createRawSnippet, flushSync } from 'svelte';
import { expect, onTestFinished, test, vi } from 'vitest';
import PanelBoundary from '../../../renderer/shell/PanelBoundary.svelte';
import { mounted, textOf } from '../mounted.ts';

test('a panel that fails says so in its own place, is loud, and can be tried again', () => {
  const loud = vi.fn();
  vi.stubGlobal('reportError', loud);
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  let broken = true;
  const children = createRawSnippet(() => ({
    render: () => {
      if (broken) throw new Error('a fault of ours');
      return '<p>whole again</p>';
    },
  }));
  const target = mounted(PanelBoundary, { name: 'The inspector', children });
  flushSync();
  expect(textOf(target.querySelector('[role="alert"]'))).toContain('The inspector could not be drawn');
  expect(loud).toHaveBeenCalledOnce();

  broken = false;
  target.querySelector('button')?.click();
  flushSync();
  expect(textOf(target)).toBe('whole again');
});
