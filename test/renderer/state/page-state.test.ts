// @vitest-environment happy-dom
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Host } from '../../../electron/host/host.ts';
import { objectAt } from '../../../core/model/json.ts';
import type { SpanDetail } from '../../../core/rpc/contract.ts';
import { Library } from '../../../renderer/state/library.svelte.ts';
import { Link } from '../../../renderer/state/link.svelte.ts';
import { OpenTrace, type OpenTraceState } from '../../../renderer/state/open-trace.svelte.ts';
import type { LoadedTrace } from '../../../renderer/state/loaded-trace.ts';
import { SpanInspection } from '../../../renderer/state/span-inspection.svelte.ts';
import { recordsOfText } from '../../build/read-trace-text.ts';
import { drawRows } from '../charts/flame/draw-flame.ts';
import { hostInTest, post, socketUrl } from './host-in-test.ts';
import { storeInTest } from './store-in-test.ts';

// The socket of the DOM in this process would ask its own idea of a network.
vi.stubGlobal('WebSocket', WebSocket);

const FIRST = recordsOfText(`
  trace t1 workflow="Support desk"
  Triage     agent     0--------20
    lookup   function  2--8
`);
const LATER = recordsOfText('answer custom 8--19 id=s3 parent=s1').map((record) => ({
  ...record,
  trace_id: 't1',
}));

/** A line that ends before the host does. */
function linkTo(host: Host, token: string): Link {
  const link = new Link(socketUrl(host), token);
  onTestFinished(() => link.close());
  return link;
}

function openTraceOf(view: OpenTraceState): LoadedTrace {
  if (view.kind !== 'open') throw new Error(`the trace is ${view.kind}`);
  return view.trace;
}

function detailOf({ view }: SpanInspection): SpanDetail {
  if (view.kind !== 'ready') throw new Error(`the span is ${view.kind}`);
  return view.detail;
}

test('a trace that is posted stands in the library, opens, and grows while spans arrive', async () => {
  const host = await hostInTest();
  const link = linkTo(host, host.token);
  const library = new Library(storeInTest(host, link).port);
  const openTrace = new OpenTrace(link);
  link.start();
  await vi.waitFor(() => expect(library.complete).toBe(true));
  expect(library.total).toBe(0);

  await post(host, FIRST);
  await vi.waitFor(() => expect(library.rowAt(0)?.spans).toBe(2));
  expect(library.rowAt(0)?.workflowName).toBe('Support desk');

  openTrace.show('t1');
  await vi.waitFor(() => expect(openTrace.view.kind).toBe('open'));
  expect(drawRows(openTraceOf(openTrace.view).model)).toEqual(['TTTTTTTTTTTTTTTTTTTT', '..llllll']);

  await post(host, LATER);
  await vi.waitFor(() => expect(openTraceOf(openTrace.view).model.count).toBe(3));
  expect(drawRows(openTraceOf(openTrace.view).model)).toEqual([
    'TTTTTTTTTTTTTTTTTTTT',
    '..llllllaaaaaaaaaaa',
  ]);
  expect(link.status?.spans).toBeGreaterThan(0);
});

test('the record of a span is read when it is looked at', async () => {
  const host = await hostInTest();
  await post(host, FIRST);
  const link = linkTo(host, host.token);
  const openTrace = new OpenTrace(link);
  const inspection = new SpanInspection(link);
  openTrace.show('t1');
  link.start();
  await vi.waitFor(() => expect(openTrace.view.kind).toBe('open'));
  inspection.look(openTrace.view, 's2');
  await vi.waitFor(() => expect(inspection.view.kind).toBe('ready'));
  expect(objectAt(detailOf(inspection).record, 'span_data')?.['name']).toBe('lookup');
  inspection.look(openTrace.view, 'nobody');
  await vi.waitFor(() => expect(inspection.view.kind).toBe('missing'));
  inspection.look(openTrace.view, undefined);
  expect(inspection.view.kind).toBe('none');
});

test('a lesser report that fills a field is shown, though no column of the span changed', async () => {
  const host = await hostInTest();
  const [, whole] = FIRST;
  const lesser = { ...whole, ended_at: null, extra: 'filled later' };
  await post(host, FIRST);
  const link = linkTo(host, host.token);
  const openTrace = new OpenTrace(link);
  const inspection = new SpanInspection(link);
  openTrace.show('t1');
  link.start();
  await vi.waitFor(() => expect(openTrace.view.kind).toBe('open'));
  inspection.look(openTrace.view, 's1');
  await vi.waitFor(() => expect(inspection.view.kind).toBe('ready'));
  expect(detailOf(inspection).record['extra']).toBeUndefined();

  const before = openTrace.view;
  await post(host, [lesser]);
  await vi.waitFor(() => expect(openTrace.view).not.toBe(before));
  inspection.look(openTrace.view, 's1');
  await vi.waitFor(() => expect(detailOf(inspection).record['extra']).toBe('filled later'));
  expect(detailOf(inspection).reports).toBe(2);
});

test('a trace that nobody sent is said to be unknown', async () => {
  const host = await hostInTest();
  const link = linkTo(host, host.token);
  const openTrace = new OpenTrace(link);
  openTrace.show('nothing');
  link.start();
  await vi.waitFor(() => expect(openTrace.view).toEqual({ kind: 'unknown', traceId: 'nothing' }));
});

test('a wrong token is refused for good, and without one nothing is even asked', async () => {
  const host = await hostInTest();
  const link = linkTo(host, 'wrong');
  link.start();
  await vi.waitFor(() => expect(link.phase.kind).toBe('refused'));
  const without = new Link('ws://127.0.0.1:1/rpc', undefined);
  without.start();
  expect(without.phase.kind).toBe('refused');
});

test('while the host is away a trace is shown from the library, and anew when it answers again', async () => {
  const host = await hostInTest();
  await post(host, FIRST);
  const link = linkTo(host, host.token);
  const { port, feed } = storeInTest(host, link);
  const library = new Library(port);
  await vi.waitFor(() => expect(library.total).toBe(1));
  // The page's own line does not stand yet: only the worker's has.
  const openTrace = new OpenTrace(link, (traceId) => feed.readTrace(traceId));
  openTrace.show('t1');
  await vi.waitFor(() => expect(openTrace.view).toMatchObject({ kind: 'open', away: true }));
  expect(drawRows(openTraceOf(openTrace.view).model)).toEqual(['TTTTTTTTTTTTTTTTTTTT', '..llllll']);
  link.start();
  await vi.waitFor(() => expect(openTrace.view).not.toHaveProperty('away'));
  expect(openTrace.view.kind).toBe('open');
});

test('a saved view is a name and a query; a name is given once', async () => {
  const host = await hostInTest();
  const link = linkTo(host, host.token);
  const { feed } = storeInTest(host, link);
  await vi.waitFor(() => expect(feed.state.whole).toBe(true));
  feed.saveView('Failed', 'status=failed');
  feed.saveView(' failed', 'status=failed&agent=Billing');
  feed.saveView('All', '');
  await vi.waitFor(() =>
    expect(feed.views.map(({ name, query }) => [name, query])).toEqual([
      ['All', ''],
      ['failed', 'status=failed&agent=Billing'],
    ]),
  );
  feed.removeView(feed.views[0]?.id ?? '');
  await vi.waitFor(() => expect(feed.views.map(({ name }) => name)).toEqual(['failed']));
});
