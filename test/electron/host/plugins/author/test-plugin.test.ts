/** `plugin test` on the examples, on what comes with the product, on a new plugin, and on plugins that break each rule. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../../../core/model/json.ts';
import {
  testPlugin,
  type PluginCheck,
  type PluginTestReport,
} from '../../../../../electron/host/plugins/author/test-plugin.ts';
import { writeNewPlugin } from '../../../../../electron/host/plugins/author/write-plugin.ts';
import { ROOT } from '../../../../rules/source-tree.ts';
import { makeTemporaryDirectory } from '../../temporary-directory.ts';

const THREAD = join(ROOT, 'out', 'main', 'plugin-thread.js');
const EXAMPLES = join(ROOT, 'plugins', 'examples');
const NOW_US = 1_770_000_000_000_000;

beforeAll(async () => {
  await promisify(execFile)(process.execPath, [join(ROOT, 'scripts', 'prepare.mjs')]);
}, 120_000);

const test = (folder: string, isBuiltIn = false): Promise<PluginTestReport> =>
  testPlugin(
    folder,
    () => NOW_US,
    () => undefined,
    { path: THREAD, reader: { isBuiltIn, isDevelopment: true } },
  );

const failuresOf = ({ checks }: PluginTestReport): readonly PluginCheck[] =>
  checks.filter(({ status }) => status === 'failed');

describe('the examples', () => {
  it.each(readdirSync(EXAMPLES))(
    '%s passes its cases and all checks',
    async (name) => {
      const report = await test(join(EXAMPLES, name));
      expect(failuresOf(report)).toEqual([]);
      expect(report.checks.length).toBeGreaterThan(3);
    },
    60_000,
  );
});

describe('a new plugin', () => {
  it('passes as it stands, and packing it changes nothing', async () => {
    const { folder } = await writeNewPlugin(join(await makeTemporaryDirectory(), 'my plugin'));
    expect(existsSync(join(folder, 'my-plugin.ts'))).toBe(true);
    expect(await test(folder)).toMatchObject({ id: 'local.my-plugin', status: 'passed' });
    await expect(writeNewPlugin(folder)).rejects.toThrow('is not empty. Nothing was written.');
  }, 60_000);
});

/** A new plugin with another source, other cases, and more in its manifest. */
async function writeBroken(code: string, manifest: JsonObject = {}, cases: Json = []): Promise<string> {
  const { folder } = await writeNewPlugin(join(await makeTemporaryDirectory(), 'broken'));
  const known = JSON.parse(await readFile(join(folder, 'plugin.json'), 'utf8')) as JsonObject;
  await writeFile(join(folder, 'plugin.json'), JSON.stringify({ ...known, ...manifest }, undefined, 2));
  await writeFile(join(folder, 'broken.ts'), `import * as api from 'tracebench/plugin';\n${code}`);
  await writeFile(join(folder, 'broken.test.json'), JSON.stringify({ cases }));
  return folder;
}

const redactor = { reads: ['content'], writes: ['content'] };
const sampler = { reads: ['structure'], writes: ['decision'] };

const BROKEN: readonly (readonly [rule: string, code: string, manifest: JsonObject, words: string])[] = [
  [
    'reads what it did not declare',
    'export const plugin = { processTrace: (t) => void t.spans[0].model };',
    {},
    'read span.model, but "reads" in plugin.json (line 8)',
  ],
  [
    'remembers what it saw before',
    'let n = 0; export const plugin = { processTrace: (t) => ({ kind: "markdown", text: String(n++) }) };',
    {},
    'The second time processTrace.text is "1", and "0" was expected.',
  ],
  [
    'redacts what it redacted',
    'export const plugin = { redact: (r) => api.mapTexts(r, (t) => t + "!") };',
    redactor,
    'is another after the second time',
  ],
  [
    'changes an id (fault 69)',
    'export const plugin = { redact: (r) => ({ ...r, id: "x" }) };',
    redactor,
    'redact changed "id"',
  ],
  [
    'never ends (fault 59)',
    'export const plugin = { headSample: () => { for (;;); } };',
    sampler,
    'ran into its deadline of 20 ms',
  ],
  [
    'never settles (fault 59)',
    'export const plugin = { headSample: () => new Promise(() => {}) };',
    sampler,
    'a promise that never settles',
  ],
  [
    'decides in no known word',
    'export const plugin = { headSample: () => true };',
    sampler,
    'keep(reason), drop(reason) or defer()',
  ],
  [
    'decides without saying so in plugin.json',
    'export const plugin = { headSample: () => api.defer() };',
    {},
    'for which "writes" in plugin.json must name "decision"',
  ],
  [
    'draws what no host draws (fault 70)',
    'export const plugin = { processTrace: () => ({ kind: "html", text: "<b>" }) };',
    {},
    'A result is of a kind that is not known',
  ],
  [
    'speaks of a span that is not there',
    'export const plugin = { processTrace: (t) => api.annotate(t.id, "other", { badge: "b", text: "t" }) };',
    {},
    'is about a span that is not in its trace',
  ],
];

describe('a plugin is told where it', () => {
  it.each(BROKEN)(
    '%s',
    async (_rule, code, manifest, words) => {
      const report = await test(await writeBroken(code, manifest));
      expect(report.status).toBe('failed');
      expect(
        failuresOf(report)
          .map(({ message }) => message)
          .join('\n'),
      ).toContain(words);
    },
    60_000,
  );

  it('asks for the network: two runs may differ, which is said', async () => {
    const code =
      'export const plugin = { processTrace: async () => { await api.request("https://a.example.org/").catch(() => 0); return null; } };';
    const network = { allow: ['https://a.example.org'], reason: 'Test.' };
    const report = await test(await writeBroken(code, { network }));
    expect(report.status).toBe('passed');
    expect(report.checks.find(({ status }) => status === 'skipped')?.message).toContain(
      'it asks for the network',
    );
  }, 60_000);
});

describe('cases', () => {
  const code = `export const plugin = { access: (t, { settings }) => {
    if (t.metadata.user_id === 'eve') throw new Error('I know her');
    return settings.leastMs > 5 ? api.deny('because') : api.allow();
  } };`;
  const access = { reads: ['metadata'], writes: ['decision'] };

  it('are compared with answers and faults, each with its settings', async () => {
    const cases = [
      { name: 'a', run: 'access', input: { id: 't', metadata: {} }, expect: { decision: 'allow' } },
      {
        name: 'b',
        run: 'access',
        input: { id: 't', metadata: {} },
        settings: { leastMs: 9 },
        expect: { decision: 'deny' },
      },
      { name: 'c', run: 'access', input: { id: 't', metadata: { user_id: 'eve' } }, fails: 'I know her' },
      { name: 'd', run: 'access', expect: { decision: 'deny' } },
      { name: 'e', run: 'access', fails: 'anything' },
      { name: 'f', run: 'accces', expect: null },
      { name: 'g', run: 'access', settings: { other: 1 }, expect: null },
    ];
    const { checks } = await test(await writeBroken(code, access, cases));
    expect(checks.slice(0, 7).map(({ status }) => status)).toEqual([
      ...['passed', 'passed', 'passed', 'failed', 'failed', 'failed', 'failed'],
    ]);
    expect(checks[3]?.message).toBe('the answer.decision is "allow", and "deny" was expected.');
    expect(checks[4]?.message).toBe('It was to fail with "anything", and did not.');
    expect(checks[5]?.message).toBe('The plugin has no hook and no analysis "accces"; there is access.');
    expect(checks[6]?.message).toBe('There is no setting "other".');
  }, 60_000);

  it.each<[string, Json]>([
    ['is to be an object', ['x']],
    ['has an unknown field "hook"', [{ hook: 'access' }]],
    ['is to name an analysis or a hook', [{ expect: 1 }]],
    ['either "expect" or "fails"', [{ run: 'access' }]],
    ['a file of its own folder', [{ run: 'access', expect: 1, fixture: '../secret' }]],
  ])('are refused where one %s', async (words, cases) => {
    await expect(test(await writeBroken(code, access, cases))).rejects.toThrow(words);
  });
});
