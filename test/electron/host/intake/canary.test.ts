/**
 * A value planted in 1,000 spans, in every kind of string, is nowhere afterwards: not in a file of the data directory,
 * not in an answer of the door, a reject, an entry of the trail or an export, whatever the redactor does.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { SENSITIVE_TYPES } from '../../../../core/detect/sensitive-types.ts';
import { makeRecordRedactor, type RecordRedactor } from '../../../../core/redact/record-redactor.ts';
import { createDoor } from '../../../../electron/host/door/door.ts';
import { StatusBoard } from '../../../../electron/host/host-status.ts';
import { Importer } from '../../../../electron/host/import/importer.ts';
import type { AskedPlugin } from '../../../../electron/host/intake/intake-rules.ts';
import { strictPolicy } from '../../../../electron/host/intake/redaction-settings.ts';
import { hashWith } from '../../../../electron/host/intake/redaction-key.ts';
import { closeServer, listenOn } from '../../../../electron/host/listen.ts';
import { PluginFault } from '../../../../electron/host/plugins/plugin-fault.ts';
import { ReportShelf } from '../../../../electron/host/reports/report-shelf.ts';
import { call } from '../door/door-fixture.ts';
import { makeSpan, NOW_US } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';
import { fakePlugin, makeTrace, openTestGate, READS } from './gate-fixture.ts';

const CANARY = 'canary.bird@mine-shaft.com';
/** Whatever form it takes: plain, escaped, in base64 at each of its three offsets. */
const FORMS = [CANARY, 'canary.bird', ...[0, 1, 2].map(middleOfBase64)];
const KEY = 'ab'.repeat(32);
const SPANS = 1000;
const TRACES = 20;

const host = (): RecordRedactor => makeRecordRedactor(strictPolicy(SENSITIVE_TYPES), hashWith(KEY));

/** What redactors do. All of them are asked before the host's own redaction looks at what they gave back. */
const REDACTORS: Readonly<Record<string, readonly AskedPlugin[]>> = {
  'there is none but the host’s own': [],
  'it throws, with the value in its words': [
    fakePlugin('local.bad', (records) => {
      throw new PluginFault(`cannot redact ${JSON.stringify(records)}`);
    }),
  ],
  'it hangs until it is stopped': [
    fakePlugin('local.bad', () => {
      throw new PluginFault('It ran into its deadline of 250 ms.');
    }),
  ],
  'it is killed': [
    fakePlugin('local.bad', () => {
      throw new PluginFault(`It broke down: ${CANARY}`);
    }),
  ],
  'it lies: everything is given back as it was': [fakePlugin('local.bad', (records) => records)],
  'it answers in another shape': [fakePlugin('local.bad', () => ({ said: CANARY }))],
  'it answers with too few': [fakePlugin('local.bad', () => [])],
  'it changes ids and times': [
    fakePlugin('local.bad', (records) =>
      Array.from(records as unknown as object[], (record) => ({ ...record, id: CANARY, started_at: null })),
    ),
  ],
};

it.for(Object.keys(REDACTORS))('fault 64: no canary comes through the door where %s', async (name) => {
  const { port, answers, bytes, fixture } = await openGuardedDoor(REDACTORS[name] ?? []);
  for (const body of makeBodies()) answers.push((await call(port, { body })).body);
  const event = {
    event: 'on_span_end',
    at: '2026-06-01T00:00:01Z',
    raw_type: CANARY,
    item: plantedSpan(1, 'e'),
  };
  answers.push(
    (await call(port, { path: '/v1/events', body: `${JSON.stringify(event)}\nno json ${CANARY}\n` })).body,
  );
  await fixture.pass(60_000_000);
  expect(fixture.store.library.summaries().reduce((sum, { spans }) => sum + spans, 0)).toBe(SPANS + 1);
  expectNone(await bytes());
  expectNone(JSON.stringify([answers, fixture.audit, fixture.store.library.summaries()]));
  expectNone(
    JSON.stringify(fixture.store.readSpans('trace_1', ['span_1', 'span_21']).map(({ record }) => record)),
  );
});

it.for(Object.keys(REDACTORS))('fault 64: no canary comes in by an import where %s', async (name) => {
  const guests = REDACTORS[name] ?? [];
  const fixture = await openTestGate({});
  const path = join(await makeTemporaryDirectory(), 'traces.jsonl');
  await writeFile(
    path,
    makeItems()
      .map((item) => plant(JSON.stringify(item)))
      .join('\n'),
  );
  const importer = new Importer({
    store: fixture.store,
    clock: () => NOW_US,
    stageDirectory: join(fixture.directory, 'imports'),
    reports: await ReportShelf.open(fixture.directory),
    intake: () => ({
      rules: {
        access: [],
        redact: guests.map(({ id, version }) => ({ id, version, reads: [...READS] })),
        redaction: { policy: strictPolicy(SENSITIVE_TYPES), key: KEY },
      },
      host: {
        ask: async (_id, hook, input) => await (guests[0]?.call(hook, input) ?? Promise.resolve('')),
        tell: (entry) => {
          fixture.audit.push(entry);
          return Promise.resolve();
        },
      },
    }),
  });
  const reports = await importer.importPaths('import', [path]);
  expect(fixture.store.library.summaries().reduce((sum, { spans }) => sum + spans, 0)).toBe(SPANS);
  expectNone(await fixture.bytes());
  expectNone(JSON.stringify([reports, fixture.audit, fixture.store.library.summaries()]));
});

it('is found where nothing redacts: the search itself works', async () => {
  const { port, bytes } = await openGuardedDoor([], false);
  for (const body of makeBodies()) await call(port, { body });
  const text = await bytes();
  expect(FORMS.filter((form) => text.includes(form)).length).toBeGreaterThan(2);
});

async function openGuardedDoor(guests: readonly AskedPlugin[], isOn = true) {
  const tailSample = [fakePlugin('sample', () => ({ decision: 'keep', reason: 'all' }))];
  const fixture = await openTestGate(isOn ? { redact: guests, redactor: host(), tailSample } : {});
  const board = new StatusBoard(() => NOW_US);
  const answers: string[] = [];
  const door = createDoor({
    clock: () => NOW_US,
    isRefusing: () => false,
    gate: fixture.gate,
    onAccepted: () => undefined,
    onRejected: (where, rejects, count) => {
      board.addRejects(where, rejects, count);
      answers.push(JSON.stringify(board.counts));
    },
    onBug: (error) => {
      throw error;
    },
  });
  const port = await listenOn(door, 0);
  if (port === undefined) throw new Error('no free port');
  onTestFinished(() => closeServer(door, 0));
  return { port, answers, fixture, bytes: fixture.bytes };
}

function makeItems(): readonly object[] {
  const traces = Array.from({ length: TRACES }, (_, i) =>
    makeTrace(`trace_${String(i)}`, { user_id: CANARY, [CANARY]: 1 }, { workflow_name: `for ${CANARY}` }),
  );
  return [...traces, ...Array.from({ length: SPANS }, (_, i) => plantedSpan(i, `span_${String(i)}`))];
}

/** In the name, in keys, in text, in JSON inside of a text, in messages, in base64, in a URL, in an error. */
function plantedSpan(i: number, id: string): object {
  const base64 = Buffer.from(`the address is ${CANARY}, call at noon`).toString('base64');
  const places: readonly object[] = [
    { span_data: { type: 'function', name: CANARY, input: `{"to":"${CANARY}"}`, output: 'sent' } },
    {
      span_data: {
        type: 'function',
        name: 'mail',
        input: JSON.stringify({ a: JSON.stringify({ to: CANARY }) }),
      },
    },
    {
      span_data: {
        type: 'generation',
        model: 'gpt-5',
        input: [{ role: 'user', content: `I am ${CANARY}.` }],
      },
    },
    { span_data: { type: 'custom', name: 'note', data: { [CANARY]: [CANARY], deep: [[{ more: CANARY }]] } } },
    { span_data: { type: 'function', name: 'read', input: '{}', output: base64 } },
    { span_data: { type: 'function', name: 'escaped', input: '{}', output: 'ESCAPED' } },
    { error: { message: `no mailbox ${CANARY}`, data: { at: CANARY } }, metadata: { who: CANARY } },
    {
      span_data: {
        type: 'function',
        name: 'get',
        input: `https://x.example/?q=${encodeURIComponent(CANARY)}`,
      },
    },
  ];
  return makeSpan(`trace_${String(i % TRACES)}`, id, places[i % places.length]);
}

/** Written with escapes that no JSON needs, so that its bytes do not show it. */
function plant(json: string): string {
  const escaped = CANARY.replace(/./g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
  return json.replaceAll('ESCAPED', escaped);
}

function makeBodies(): readonly string[] {
  const items = makeItems();
  const bodies: string[] = [];
  for (let at = 0; at < items.length; at += 200) {
    bodies.push(plant(JSON.stringify({ data: items.slice(at, at + 200) })));
  }
  return bodies;
}

function expectNone(text: string): void {
  expect(FORMS.filter((form) => text.includes(form))).toEqual([]);
}

/** What is the same of its base64 whatever stands around it. */
function middleOfBase64(offset: number): string {
  return Buffer.from(`${'x'.repeat(offset)}${CANARY}`)
    .toString('base64')
    .slice(4, -4);
}
