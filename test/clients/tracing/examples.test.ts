import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as analysis from '../../../clients/tracing/analysis.ts';
import * as tracing from '../../../clients/tracing/index.ts';
import { listFiles, ROOT } from '../../rules/source-tree.ts';

interface Example {
  readonly place: string;
  readonly text: string;
}

/** Every `@example` of the library's docstrings, and every block of TypeScript of its page. */
const examples: Example[] = listFiles('clients/tracing').flatMap((path) => {
  const source = readFileSync(join(ROOT, path), 'utf8');
  return [...source.matchAll(/@example\n([\s\S]*?)\*\//g)].map(([, text = '']) => ({
    place: path,
    text: text.replace(/^\s*\* ?/gm, ''),
  }));
});
const page = readFileSync(join(ROOT, 'clients/README.md'), 'utf8');
const section = page.slice(page.indexOf('## The tracing library'));
const blocks = section
  .slice(0, section.search(/\n## (?!The tracing library)/) >>> 0)
  .matchAll(/```ts\n([\s\S]*?)```/g);
for (const [, text = ''] of blocks) examples.push({ place: 'clients/README.md', text });

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  vi.stubEnv('TRACEBENCH_URL', 'http://127.0.0.1:9');
  vi.stubEnv('TRACEBENCH_DATA', join(ROOT, '.cache', 'examples'));
});
afterEach(() => {
  tracing.setTraceProcessors([]);
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

it('finds the examples', () => {
  expect(examples.length).toBeGreaterThan(20);
});

it.each(examples)('runs the example of $place: $text', async ({ text }) => {
  // What an example speaks of besides the library.
  const around = {
    ...{ queue: [] as unknown[], work: () => 1, names: [] as string[], run: () => 'ok' },
    ask: () => Promise.resolve({ message: { role: 'assistant', content: 'Hi' } }),
    FileProcessor: tracing.CollectorProcessor,
    OpenAIProcessor: tracing.CollectorProcessor,
    WorkbenchProcessor: tracing.CollectorProcessor,
  };
  const collector = new tracing.CollectorProcessor();
  tracing.setTraceProcessors([collector]);
  const trace = text.includes(' trace(') ? undefined : tracing.trace('example', (made) => made);
  const scope: Record<string, unknown> = { ...tracing, ...analysis, ...around };
  if (/\(trace[,)]/.test(text) && trace !== undefined) scope['trace'] = trace;
  const body = ts.transpile(text.replaceAll(/^import .*$/gm, ''), { target: ts.ScriptTarget.ES2022 });
  const names = Object.keys(scope).filter((name) => !new RegExp(`(const|let) \\{? ?${name}\\b`).test(body));
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- running the text of an example is the test
  const program = new Function(...names, `return (async () => { ${body} })();`) as (
    ...all: unknown[]
  ) => Promise<void>;
  await tracing.withTrace('example', () => program(...names.map((name) => scope[name])));
});
