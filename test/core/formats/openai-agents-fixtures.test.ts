/** Real bodies and events of both SDKs against what their scripts are known to have done. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { readTraces, summarizeAll } from '../../build/read-traces.ts';

const ROOT = join(import.meta.dirname, '../../../../shared/fixtures/agents-sdk');
const cases = existsSync(ROOT)
  ? ['js', 'python'].flatMap((sdk) => readdirSync(join(ROOT, sdk)).map((name) => join(sdk, name)))
  : [];
const folders = cases.filter((name) => existsSync(join(ROOT, name, 'expected.json')));

interface Expected {
  spans_by_logical_type?: Record<string, number>;
  spans_total?: number;
  tokens?: Record<string, number>;
  handoff_edges?: [string, string][];
  functions_by_name?: Record<string, number>;
  guardrails_triggered?: string[];
  per_trace?: Record<string, Expected>;
}

function read(folder: string, file: string) {
  return summarizeAll(readTraces([readFileSync(join(ROOT, folder, file))]));
}

describe.skipIf(folders.length === 0)('recorded runs of the SDKs (skipped where ../shared is absent)', () => {
  for (const folder of folders) {
    const expected = JSON.parse(readFileSync(join(ROOT, folder, 'expected.json'), 'utf8')) as Expected;
    for (const file of ['req-001.body.json', 'events.ndjson']) {
      test(`${folder}/${file} counts as its script ran`, () => {
        for (const trace of read(folder, file)) {
          const want = expected.per_trace?.[trace.workflowName] ?? expected;
          if (want.spans_total !== undefined) expect(trace.spans).toBe(want.spans_total);
          if (want.spans_by_logical_type) expect(trace.spansByKind).toEqual(want.spans_by_logical_type);
          if (want.handoff_edges) expect(trace.handoffs).toEqual(want.handoff_edges);
          if (want.functions_by_name) {
            const calls = Object.entries(trace.tools).map(([name, { calls }]) => [name, calls]);
            expect(Object.fromEntries(calls)).toEqual(want.functions_by_name);
          }
          const { reasoning, ...tokens } = want.tokens ?? {};
          expect(trace.tokens).toMatchObject(tokens);
          if (reasoning !== undefined && trace.tokens.reasoning !== null) {
            expect(trace.tokens.reasoning).toBe(reasoning);
          }
        }
      });
    }
  }

  test('JavaScript scenario 01: reasoning is unknown from the bodies and known from the events', () => {
    const [body] = read('js/01-triage-responses', 'req-001.body.json');
    const [events] = read('js/01-triage-responses', 'events.ndjson');
    expect(body?.tokens).toMatchObject({ reasoning: null, basis: 'root-task' });
    expect(events?.tokens).toMatchObject({ reasoning: 72, basis: 'model-spans' });
    expect(events?.models).toContain('gpt-5.1-mini');
  });

  test('JavaScript scenario 22: a crash leaves two orphans in the body and two open spans in the events', () => {
    const [body] = read('js/22-crash', 'req-001.body.json');
    const [events] = read('js/22-crash', 'events.ndjson');
    expect(body).toMatchObject({ spans: 2, orphans: 2, roots: 0, depth: 1, status: 'completed' });
    expect(events).toMatchObject({ spans: 4, orphans: 0, roots: 1, depth: 3, status: 'in_progress' });
  });

  test('a tripped input guardrail fails the run but is not itself an error', () => {
    const [trace] = read('js/05-guardrail-input-tripped', 'req-001.body.json');
    expect(trace).toMatchObject({ status: 'failed', errors: 3 });
    expect(trace?.guardrails).toEqual({
      pii_check: { runs: 1, triggered: 0 },
      jailbreak_check: { runs: 1, triggered: 1 },
    });
  });

  test('bodies and events of one run are one trace, whatever comes first', () => {
    const folder = 'js/01-triage-responses';
    const parts = ['req-001.body.json', 'events.ndjson'].map((file) =>
      readFileSync(join(ROOT, folder, file)),
    );
    const [forward] = summarizeAll(readTraces([...parts, ...parts]));
    const [backward] = summarizeAll(readTraces(parts.toReversed()));
    expect(forward).toEqual(backward);
    expect(forward).toMatchObject({ spans: 25, status: 'completed', tokens: { reasoning: 72, total: 6441 } });
  });
});
