import { expect, test } from 'vitest';
import type { PluginRights } from '../../../../core/rpc/plugins.ts';
import {
  isFound,
  originWords,
  rightsInWords,
  runsOverTraces,
  stagesOf,
} from '../../../../renderer/panels/plugins/plugin-words.ts';
import { pluginState } from './plugin-state.ts';

const NOTHING: PluginRights = { reads: [], writes: [], uses: [], network: null, isHighRisk: false };

test('a plugin that asks for nothing may not do anything, and is told so one by one', () => {
  const { mayRead, mayDo, mayNot } = rightsInWords(NOTHING);
  expect(mayRead).toEqual([]);
  expect(mayDo).toEqual([]);
  expect(mayNot.map(({ words }) => words)).toEqual(
    expect.arrayContaining(['message content', 'change what is stored', 'network', 'files']),
  );
});

test('content and a way out are the pair that is marked', () => {
  const network = { allow: ['https://api.example.org'], reason: 'Prices.' };
  const { mayRead, mayDo, mayNot } = rightsInWords({ ...NOTHING, reads: ['timing', 'content'], network });
  expect(mayRead).toEqual([
    { words: 'span timing', grave: false },
    { words: 'message content', grave: true },
  ]);
  expect(mayDo).toEqual([{ words: 'calls https://api.example.org', grave: true }]);
  expect(mayNot.map(({ words }) => words)).not.toContain('network');
});

test('hooks are told by what they take part in, each once', () => {
  const hooks = ['headSample', 'tailSample', 'onTraceEnd', 'processTrace'];
  expect(stagesOf({ hooks, analyses: ['times'] })).toEqual(['sample', 'processor', 'analysis']);
  expect(runsOverTraces({ hooks: ['redact'], analyses: [] })).toBe(false);
  expect(runsOverTraces({ hooks: [], analyses: ['times'] })).toBe(true);
});

test('a plugin is found by its name, by what it does, and by the titles of its settings', () => {
  const plugin = pluginState({
    hooks: ['enrich'],
    settingsSchema: { limitMs: { type: 'number', default: 1, title: 'Slow from here on' } },
  });
  for (const words of ['hello', ' ENRICH', 'slow from', 'limitms', ''])
    expect(isFound(plugin, words)).toBe(true);
  expect(isFound(plugin, 'redact')).toBe(false);
});

test('where a plugin comes from is said, with the path of a folder', () => {
  expect(originWords({ origin: 'built-in' })).toBe('built in');
  expect(originWords({ origin: 'folder', path: '/made/up' })).toBe('/made/up');
});
