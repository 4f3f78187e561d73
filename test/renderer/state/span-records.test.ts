import { expect, test, vi } from 'vitest';
import { RpcError } from '../../../core/rpc/connection.ts';
import type { SpanDetail } from '../../../core/rpc/contract.ts';
import { loadTrace, type LoadedTrace } from '../../../renderer/state/loaded-trace.ts';
import type { Link } from '../../../renderer/state/link.svelte.ts';
import { SpanRecords } from '../../../renderer/state/span-records.svelte.ts';
import { openedOf } from './opened-trace.ts';

function load(text: string): LoadedTrace {
  const { opened, bytes } = openedOf(text);
  return loadTrace(opened, bytes);
}

function detailOf(spanId: string): SpanDetail {
  const record = { span_data: { type: 'generation', output: [{ role: 'assistant', content: spanId }] } };
  return { traceId: 't1', spanId, record, reports: 1, diagnostics: [] };
}

/** A host that answers at most two spans at a time. */
function hostOf(unknown: readonly string[] = []): { link: Pick<Link, 'request'>; asked: string[][] } {
  const asked: string[][] = [];
  const request = vi.fn((_name: string, { spanIds }: { spanIds: readonly string[] }) => {
    asked.push([...spanIds]);
    const spans = spanIds.slice(0, 2).filter((id) => !unknown.includes(id));
    return Promise.resolve({
      result: { spans: spans.map(detailOf), rest: spanIds.slice(2) },
      bytes: undefined,
    });
  });
  // The one request that is made of it.
  return { link: { request } as unknown as Pick<Link, 'request'>, asked };
}

const FOUR = `
  a generation 0--1
  b generation 1--2
  c generation 2--3
  d generation 3...
`;

test('what is wanted is read in parts, the most urgent first, and asked for once', async () => {
  const { link, asked } = hostOf(['s2']);
  const records = new SpanRecords(link);
  records.look(load(FOUR));
  records.want([2, 0, 1]);
  await vi.waitFor(() => expect(records.has(1)).toBe(true));
  expect(asked).toEqual([['s3', 's1', 's2'], ['s2']]);
  expect(records.get(2)?.spanId).toBe('s3');
  expect(records.messages(2)).toMatchObject([{ role: 'assistant', parts: [{ kind: 'text', text: 's3' }] }]);
  // The journal has none: that is an answer too.
  expect(records.get(1)).toBeUndefined();
  records.want([0, 1, 2]);
  await Promise.resolve();
  expect(asked).toHaveLength(2);
});

test('a span that was running is read again when the trace has grown, an ended one is not', async () => {
  const { link, asked } = hostOf();
  const records = new SpanRecords(link);
  records.look(load(FOUR));
  records.want([0, 3]);
  await vi.waitFor(() => expect(records.has(3)).toBe(true));
  records.look(load(FOUR));
  expect(records.has(3)).toBe(true);
  records.want([0, 3]);
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]).toEqual(['s4']);
});

test('another trace begins with nothing', async () => {
  const { link } = hostOf();
  const records = new SpanRecords(link);
  records.look(load(FOUR));
  records.want([0]);
  await vi.waitFor(() => expect(records.has(0)).toBe(true));
  records.look(load('trace t2\na generation 0--1'));
  expect(records.has(0)).toBe(false);
});

test('a host that is away is said, and all can be read in one go by who keeps nothing', async () => {
  const { link } = hostOf();
  const records = new SpanRecords(link);
  records.look(load(FOUR));
  expect([...(await records.readOnce([0, 1, 2, 3])).keys()]).toEqual([0, 1, 2, 3]);
  expect(records.has(0)).toBe(false);
  const away = new SpanRecords({ request: () => Promise.reject(new RpcError('closed', 'gone')) });
  away.look(load(FOUR));
  away.want([0]);
  await vi.waitFor(() => expect(away.failure).toContain('The host is away'));
});
