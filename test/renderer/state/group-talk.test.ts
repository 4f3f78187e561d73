import { expect, test, vi } from 'vitest';
import type { Link } from '../../../renderer/state/link.svelte.ts';
import { GroupTalk } from '../../../renderer/state/group-talk.svelte.ts';
import { openedOf } from './opened-trace.ts';

const TWO_CALLS = `
  Triage  agent       0--------400
    first generation  0--100
    last  generation      200--400
`;

/** A host with one trace, in which each call was told and said something. */
function hostOf(text: string): { link: Pick<Link, 'request'>; asked: string[] } {
  const { opened, bytes } = openedOf(text);
  const asked: string[] = [];
  const request = vi.fn((name: string, params: { traceId: string; spanIds?: readonly string[] }) => {
    asked.push(`${name} ${params.traceId}`);
    if (params.traceId === 'gone') return Promise.reject(new Error('There is no such trace.'));
    if (name !== 'span.get') return Promise.resolve({ result: opened, bytes });
    const spans = (params.spanIds ?? []).map((spanId) => ({
      ...{ traceId: 't1', spanId, reports: 1, diagnostics: [] },
      record: {
        span_data: {
          type: 'generation',
          input: [
            { role: 'user', content: 'earlier' },
            { role: 'assistant', content: 'said before' },
            { role: 'user', content: `asked ${spanId}` },
          ],
          output: [{ role: 'assistant', content: `answered ${spanId}` }],
        },
      },
    }));
    return Promise.resolve({ result: { spans, rest: [] }, bytes: undefined });
  });
  // The two requests that are made of it.
  const link: unknown = { request };
  return { link: link as Pick<Link, 'request'>, asked };
}

test('of a trace it tells the last thing that was asked of the first call, and the answer of the last', async () => {
  const { link, asked } = hostOf(TWO_CALLS);
  const talk = new GroupTalk(link);
  talk.want('t1');
  talk.want('t1');
  await vi.waitFor(() => expect(talk.get('t1')).toBeDefined());
  expect(talk.get('t1')).toMatchObject({
    asked: { parts: [{ text: 'asked s2' }] },
    answered: { parts: [{ text: 'answered s3' }] },
    spanId: 's3',
  });
  expect(asked.filter((name) => name.startsWith('trace.open'))).toHaveLength(1);
  expect(asked).toContain('trace.close t1');
});

test('a trace without a call says nothing, one that is gone says why, and the others are read on', async () => {
  const { link } = hostOf('Triage agent 0--400');
  const talk = new GroupTalk(link);
  talk.want('gone');
  talk.want('t1');
  await vi.waitFor(() => expect(talk.get('t1')).toBeDefined());
  expect(talk.get('gone')).toBe('There is no such trace.');
  expect(talk.get('t1')).toEqual({ asked: undefined, answered: undefined, spanId: undefined });
});
