/** docs/plugins.md speaks the truth: its examples compile, load and answer, each under 60 lines, and every hook has one. */
import ts from 'typescript';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { HOOK_RULES, HOOKS, type HookName } from '../../core/plugin-api/hooks.ts';
import { Guest } from '../../electron/host/plugins/guest.ts';
import { compilePlugin } from '../../electron/host/plugins/compile-plugin.ts';
import { readText, ROOT } from '../rules/source-tree.ts';
import { allReading } from '../electron/host/plugins/guest-source.ts';

const EXAMPLES = [...readText('docs/plugins.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(
  (match) => match[1] ?? '',
);
/** In the tree, so that `tracebench/plugin` means the same as for the examples. */
const FOLDER = join(ROOT, '.cache', `plugins-page-${process.pid}`);

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

const span = {
  id: 's',
  kind: 'generation',
  durationMs: 4,
  selfMs: 4,
  criticalMs: 4,
  startUs: 1,
  endUs: 4001,
  name: 'n',
};
const spans = [{ ...span, countsTokens: true, outputTokens: 8, hasError: true, isTriggered: false }];
const head = { id: 't', metadata: { environment: 'production' }, workflowName: 'w', userId: 'ada' };
const trace = {
  ...head,
  durationMs: 4000,
  errors: 0,
  status: 'completed',
  depth: 1,
  startedAt: '2026',
  spans,
};

const INPUTS = {
  head,
  trace,
  spans: { traceId: 't', spans },
  records: [{ object: 'trace', id: 't', metadata: { of: 'ticket-1' } }],
  nothing: null,
};

describe('the examples of docs/plugins.md', () => {
  it('compile as they stand', () => {
    mkdirSync(FOLDER, { recursive: true });
    const files = EXAMPLES.map((code, i) => {
      const path = join(FOLDER, `example-${i}.ts`);
      writeFileSync(path, code);
      return path;
    });
    const options: ts.CompilerOptions = {
      ...{ strict: true, noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true, types: [] },
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ['lib.es2023.d.ts'],
      paths: { 'tracebench/plugin': [join(ROOT, 'core', 'plugin-api', 'index.ts')] },
    };
    const told = ts.getPreEmitDiagnostics(ts.createProgram(files, options));
    expect(told.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  }, 60_000);

  it('are all under 60 lines, and every hook has one', async () => {
    expect(EXAMPLES.length).toBeGreaterThan(7);
    for (const code of EXAMPLES) expect(code.split('\n').length).toBeLessThan(60);
    const shown = new Set<string>();
    for (const code of EXAMPLES) for (const hook of (await load(code)).hooks) shown.add(hook);
    expect(HOOKS.filter((hook) => !shown.has(hook))).toEqual([]);
  });

  it('answer in the guest', async () => {
    for (const code of EXAMPLES) {
      const { guest, analyses, hooks } = await load(code);
      for (const hook of hooks) {
        const input = INPUTS[HOOK_RULES[hook].takes];
        const answer = guest.call(JSON.stringify({ hook, input, settings: {} }), 2000);
        expect(answer, `${hook}: ${JSON.stringify(answer)}`).not.toMatchObject({ kind: 'fault' });
      }
      for (const analysis of analyses) {
        const map = guest.call(JSON.stringify({ analysis, step: 'map', input: trace, settings: {} }), 2000);
        const parts = map.kind === 'value' ? `[${map.json}]` : '[]';
        const reduce = guest.call(
          `{"analysis":"${analysis}","step":"reduce","input":${parts},"settings":{}}`,
          2000,
        );
        expect(reduce).toMatchObject({ kind: 'value' });
      }
    }
  });
});

async function load(code: string): Promise<{ guest: Guest; analyses: string[]; hooks: HookName[] }> {
  const guest = await Guest.open(64, () => performance.now());
  const loaded = guest.load(allReading(compilePlugin(code, 'example.ts')), 2000);
  if (loaded.kind !== 'value') throw new Error(loaded.kind === 'fault' ? loaded.fault : 'It waits.');
  return { guest, ...(JSON.parse(loaded.json) as { analyses: string[]; hooks: HookName[] }) };
}
