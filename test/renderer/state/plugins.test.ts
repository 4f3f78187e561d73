import { expect, test, vi } from 'vitest';
import type { Link } from '../../../renderer/state/link.svelte.ts';
import { FindingBoard } from '../../../renderer/state/finding-board.svelte.ts';
import { Plugins } from '../../../renderer/state/plugins.svelte.ts';
import { pluginState } from '../panels/plugins/plugin-state.ts';

/** A fake line: a test answers by name, tells events, and opens it. */
function fakeLink(answers: Record<string, (params: never) => unknown>) {
  const listeners = new Map<string, (payload: unknown) => void>();
  const opened: (() => void)[] = [];
  const request = vi.fn((name: string, params: unknown) =>
    Promise.resolve().then(() => ({ result: answers[name]?.(params as never) })),
  );
  const link = {
    request,
    on: (name: string, listener: (payload: unknown) => void) => listeners.set(name, listener),
    onOpen: (listener: () => void) => opened.push(listener),
  };
  return {
    link: link as unknown as Link,
    request,
    tell: (name: string, payload: unknown) => listeners.get(name)?.(payload),
    open: () => {
      for (const listener of opened) listener();
    },
  };
}

test('the plugins are asked for when the line opens, and a change is shown at once', async () => {
  const first = pluginState();
  const { link, open, tell } = fakeLink({
    'plugins.list': () => ({ plugins: [first], problems: ['broken'] }),
  });
  const plugins = new Plugins(link);
  expect(plugins.known).toBeUndefined();
  open();
  await vi.waitFor(() => {
    expect(plugins.known).toEqual([first]);
  });
  expect(plugins.problems).toEqual(['broken']);
  tell('plugins.changed', { plugins: [{ ...first, enabled: false }] });
  expect(plugins.get(first.id)?.enabled).toBe(false);
});

test('a run tells how far it is under its own id, and can be stopped until it has ended', async () => {
  let end: (() => void) | undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const { link, tell, request } = fakeLink({ 'plugins.run': () => ended, 'plugins.cancel': () => ({}) });
  const plugins = new Plugins(link);
  const run = plugins.run('local.hello', { query: 'error:true' });
  const { runId = '' } = plugins.progress['local.hello'] ?? {};
  const partial = [{ analysis: 'times', kind: 'markdown', text: 'so far' }];
  tell('plugins.progress', { id: 'local.hello', runId, done: 3, total: 9, secondsLeft: 2, partial });
  expect(plugins.progress['local.hello']).toMatchObject({ done: 3, total: 9 });
  tell('plugins.progress', { id: 'local.hello', runId, done: 4, total: 9 });
  expect(plugins.partial['local.hello']).toEqual(partial);
  plugins.stop('local.hello');
  expect(request).toHaveBeenLastCalledWith('plugins.cancel', { runId });
  end?.();
  await run;
  expect(plugins.progress).toEqual({});
  expect(plugins.partial).toEqual({});
  expect(request).toHaveBeenCalledWith('plugins.run', { id: 'local.hello', runId, query: 'error:true' });
});

test('findings are counted by trace, and a trace of which nothing is said any more is let go', async () => {
  const one = { info: 0, warning: 1, error: 0 };
  const { link, open, tell } = fakeLink({
    'findings.counts': () => ({ traces: { a: one, b: { info: 2, warning: 0, error: 0 } } }),
  });
  const board = new FindingBoard(link);
  open();
  await vi.waitFor(() => {
    expect(board.counts.size).toBe(2);
  });
  expect(board.graveTraces).toBe(1);
  tell('findings.changed', { traces: { a: null, c: { info: 0, warning: 0, error: 2 } } });
  expect([...board.counts.keys()]).toEqual(['b', 'c']);
  expect(board.graveTraces).toBe(1);
});
