/** Export and import again: what was received comes out as it came in, and makes the same traces elsewhere. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ExportWish } from '../../../../core/rpc/export.ts';
import { agentsJsonl } from '../../../../core/writers/agents-jsonl.ts';
import { bundle } from '../../../../core/writers/bundle.ts';
import type { TraceSummary } from '../../../../core/model/trace-summary.ts';
import { connectToHost, type HostClient } from '../../../../electron/host/client/host-client.ts';
import { ExportDesk } from '../../../../electron/host/export/export-desk.ts';
import { ExportRun } from '../../../../electron/host/export/export-run.ts';
import { makeExportSource } from '../../../../electron/host/export/store-source.ts';
import { startHost, type Host } from '../../../../electron/host/host.ts';
import { recordsOfText } from '../../../build/read-trace-text.ts';
import { makeBatch, makeSpan, openTestStore } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

const ITEMS = recordsOfText(`
  trace t1 workflow="Support desk"
  Triage     agent     0--------20
    lookup   function  2--8 !boom
  answer     custom    8--19
`);
const [LIVE_TRACE, LIVE_SPAN] = recordsOfText(`
  trace t2 workflow="Live"
  Billing    agent     0--------20
`);
const AT = '2026-06-01T00:00:30.000Z';
/** A run as a processor reports it, with what no exporter says. */
const EVENTS = [
  { event: 'on_trace_start', at: AT, item: LIVE_TRACE },
  { event: 'on_span_start', at: AT, item: { ...LIVE_SPAN, ended_at: null } },
  {
    event: 'on_span_end',
    at: AT,
    item: LIVE_SPAN,
    raw_type: 'agent',
    private_span_data: { _input: [{ role: 'user', content: 'a question — ünïcode' }], _response: null },
  },
  { event: 'on_trace_end', at: AT, item: LIVE_TRACE },
];

async function hostWith(): Promise<{ host: Host; client: HostClient; directory: string }> {
  const directory = await makeTemporaryDirectory();
  const start = await startHost({
    dataDirectory: join(directory, 'data'),
    ingestPort: 0,
    uiPort: 0,
    rendererDirectory: directory,
  });
  if (start.kind !== 'started') throw new Error('the directory is new');
  const { host } = start;
  const client = await connectToHost({ ui: host.ui, token: host.token });
  onTestFinished(async () => {
    await client.close();
    await host.close();
  });
  return { host, client, directory };
}

async function post(host: Host, path: string, body: string, type: string): Promise<void> {
  const answer = await fetch(`${host.ingest}${path}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
  expect(answer.status).toBeLessThan(300);
}

async function filledHost(): Promise<Awaited<ReturnType<typeof hostWith>>> {
  const made = await hostWith();
  await post(made.host, '/v1/traces/ingest', JSON.stringify({ data: ITEMS }), 'application/json');
  const events = EVENTS.map((event) => JSON.stringify(event)).join('\n');
  await post(made.host, '/v1/events', events, 'application/x-ndjson');
  return made;
}

const wishFor = (traceIds: readonly string[]): ExportWish => ({
  traceIds,
  to: 'openai-agents',
  rules: [],
  views: [],
});

async function textOf(client: HostClient, ids: readonly string[]): Promise<string> {
  const exported = await client.exportTraces(wishFor(ids));
  const parts: Uint8Array[] = [];
  for await (const part of exported?.chunks ?? []) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

/** What does not depend on the way a trace came by. */
function essence({ id, ...trace }: TraceSummary): object {
  return { id, ...trace, origins: [], status: trace.status === 'in_progress' ? 'open' : trace.status };
}

describe('an export', () => {
  it('holds the records as they were received, of the chosen traces only', async () => {
    const { client } = await filledHost();
    const lines = (await textOf(client, ['t1'])).trimEnd().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(ITEMS);
    const live = (await textOf(client, ['t2'])).trimEnd().split('\n');
    expect(live.map((line): unknown => JSON.parse(line))).toEqual(EVENTS);
  });

  it('makes the same traces in an empty library, what only a processor says included', async () => {
    const { client } = await filledHost();
    const other = await hostWith();
    const file = join(other.directory, 'tracebench.trace.jsonl');
    await writeFile(file, await textOf(client, ['t2', 't1']));
    const [report] = await other.client.importPaths([file]);
    expect(report).toMatchObject({ traces: 2, skipped: 0 });
    const before = (await client.list(undefined)).map(essence);
    const after = (await other.client.list(undefined)).map(essence);
    // A trace that was reported as ended is final here and there; a live one may wait for its last seconds.
    expect(after).toEqual(before.map((trace) => ({ ...trace, status: expect.any(String) as string })));
    const spanId = String((LIVE_SPAN as { id?: unknown }).id);
    const [mine] = await client.readSpans('t2', [spanId]);
    const [theirs] = await other.client.readSpans('t2', [spanId]);
    expect(theirs?.record).toEqual(mine?.record);
    expect(JSON.stringify(theirs?.record)).toContain('ünïcode');
    expect(await textOf(other.client, ['t1', 't2'])).toBe(await textOf(client, ['t1', 't2']));
  });

  it('tells which ids are of no trace, and is nothing where none is known', async () => {
    const { client } = await filledHost();
    expect((await client.exportTraces(wishFor(['t1', 'nobody'])))?.unknown).toEqual(['nobody']);
    expect(await client.exportTraces(wishFor(['nobody']))).toBeUndefined();
  });

  it('is asked for with the token, fetched once, and saved under a name with its day', async () => {
    const { host } = await filledHost();
    const ask = (token: string, body = '"t1"'): Promise<Response> =>
      fetch(`${host.ui}/export`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body });
    expect((await ask('wrong')).status).toBe(401);
    expect((await ask(host.token, 'no json')).status).toBe(400);
    expect((await ask(host.token, '7')).status).toBe(400);
    expect((await ask(host.token, '"nobody"')).status).toBe(404);
    const { path } = (await (await ask(host.token)).json()) as { path: string };
    const file = await fetch(`${host.ui}${path}`);
    expect(file.headers.get('content-disposition')).toMatch(
      /^attachment; filename="tracebench-\d{4}-\d\d-\d\d\.trace\.jsonl"$/,
    );
    expect((await file.text()).trimEnd().split('\n')).toHaveLength(ITEMS.length);
    expect((await fetch(`${host.ui}${path}`)).status).toBe(404);
    const { path: second } = (await (await ask(host.token)).json()) as { path: string };
    const foreign = await fetch(`${host.ui}${second}`, { headers: { origin: 'http://evil.example' } });
    expect(foreign.status).toBe(403);
  });
});

describe('an export over HTTP', () => {
  type Ask = (wish: object, ...ids: readonly string[]) => Promise<Response>;
  const askerOf =
    ({ ui, token }: Host): Ask =>
    (wish, ...ids) =>
      fetch(`${ui}/export`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: [wish, ...ids].map((line) => JSON.stringify(line)).join('\n'),
      });
  const pathOf = async (answer: Response): Promise<string> =>
    ((await answer.json()) as { path: string }).path;

  it('tells how far it is before, and what it came to after', async () => {
    const { host } = await filledHost();
    const path = await pathOf(await askerOf(host)({ to: 'csv-spans' }, 't1'));
    const state = async (): Promise<unknown> => (await fetch(`${host.ui}${path}/state`)).json();
    expect(await state()).toMatchObject({ phase: 'waiting', traces: 0, tracesTotal: 1, bytes: 0 });
    const { length } = await (await fetch(`${host.ui}${path}`)).text();
    expect(await state()).toMatchObject({ phase: 'done', traces: 1, spans: 3, bytes: length });
    expect((await fetch(`${host.ui}/export/nobody/state`)).status).toBe(404);
  });

  it('that was cancelled gives no file that looks whole', async () => {
    const { host } = await filledHost();
    const path = await pathOf(await askerOf(host)({}, 't1'));
    expect((await fetch(`${host.ui}${path}/cancel`)).status).toBe(404);
    const cancelled = await fetch(`${host.ui}${path}/cancel`, { method: 'POST' });
    expect(await cancelled.json()).toMatchObject({ phase: 'cancelled' });
    await expect(fetch(`${host.ui}${path}`).then((file) => file.text())).rejects.toThrow();
    expect((await fetch(`${host.ui}/export/nobody/cancel`, { method: 'POST' })).status).toBe(404);
  });

  it('shows what would be withheld, and writes nothing', async () => {
    const { host } = await filledHost();
    const answer = await askerOf(host)({ preview: true, rules: ['errors'] }, 't1', 't2');
    expect(await answer.json()).toMatchObject({
      traces: 2,
      looked: 2,
      spans: 4,
      withheld: [{ rule: 'errors', values: 1, records: 1 }],
      sample: { before: { error: { message: 'boom' } }, after: { error: { message: '(withheld)' } } },
    });
  });

  it('refuses a target, a rule or an id that is none', async () => {
    const { host } = await filledHost();
    const ask = askerOf(host);
    expect((await ask({ to: 'pdf' }, 't1')).status).toBe(400);
    expect((await ask({ to: '__proto__' }, 't1')).status).toBe(400);
    expect((await ask({ rules: ['everything'] }, 't1')).status).toBe(400);
    expect((await ask({}, 't1', { id: 't2' } as unknown as string)).status).toBe(400);
    expect((await fetch(`${host.ui}/export`, { method: 'POST', body: '"t1"' })).status).toBe(401);
  });
});

it('lets others have their turn while it is written', async () => {
  const { store } = await openTestStore(await makeTemporaryDirectory());
  const spans = Array.from({ length: 4000 }, (_, i) => makeSpan('t', `s${String(i)}`));
  await store.append(makeBatch(spans), true);
  const run = new ExportRun(makeExportSource(store), bundle, { ...wishFor(['t']), rules: ['users'] });
  let turns = 0;
  const turn = setInterval(() => turns++);
  onTestFinished(() => {
    clearInterval(turn);
  });
  let chunks = 0;
  for await (const chunk of run.chunks()) chunks += chunk.length > 0 ? 1 : 0;
  expect(turns).toBeGreaterThan(2);
  expect(chunks).toBe(1);
});

describe('the tickets of exports', () => {
  it('are good once, for a minute, and no more than a few at a time', async () => {
    const { store } = await openTestStore(await makeTemporaryDirectory());
    const run = (): ExportRun => new ExportRun(makeExportSource(store), agentsJsonl, wishFor([]));
    let nowMs = 0;
    const desk = new ExportDesk(() => nowMs);
    const one = run();
    const first = desk.ask(one);
    expect(desk.take(first)).toBe(one);
    expect(desk.take(first)).toBeUndefined();
    expect(desk.find(first)).toBe(one);
    const late = desk.ask(run());
    nowMs = 61_000;
    expect(desk.take(late)).toBeUndefined();
    const runs = Array.from({ length: 20 }, run);
    const tickets = runs.map((each) => desk.ask(each));
    expect(desk.take(tickets[0] ?? '')).toBeUndefined();
    expect(desk.take(tickets[19] ?? '')).toBe(runs[19]);
  });
});
