import { expect, test, vi } from 'vitest';
import type { Connection } from '../../../core/rpc/connection.ts';
import { RpcError } from '../../../core/rpc/connection.ts';
import { CorpusQuestion } from '../../../renderer/state/corpus.svelte.ts';
import type { Link } from '../../../renderer/state/link.svelte.ts';

interface Asked {
  readonly name: string;
  readonly params: { readonly runId: string; readonly query?: string };
  readonly answer: (result: unknown) => void;
  readonly refuse: (error: Error) => void;
}

/** A fake line: what is asked is written down and answered by the test. */
function fakeLink(): { link: Link; asked: Asked[] } {
  const asked: Asked[] = [];
  const request = vi.fn<(name: string, params: Asked['params']) => Promise<unknown>>(
    (name, params) =>
      new Promise((resolve, reject) => {
        asked.push({ name, params, answer: (result) => resolve({ result }), refuse: reject });
      }),
  );
  return { link: { request } as unknown as Link & Connection, asked };
}

test('the same thing is asked once, and the last answer stays until the next has come', async () => {
  const { link, asked } = fakeLink();
  const question = new CorpusQuestion(link, 'corpus.map');
  question.ask({ query: 'error:true' });
  question.ask({ query: 'error:true' });
  expect(asked).toHaveLength(1);
  asked[0]?.answer({ nodes: ['first'] });
  await vi.waitFor(() => {
    expect(question.answer).toEqual({ nodes: ['first'] });
  });
  question.ask({ query: '' });
  expect(question.asking).toBe(true);
  expect(question.answer).toEqual({ nodes: ['first'] });
});

test('a question that is asked otherwise stops the one before, whose answer is let go', async () => {
  const { link, asked } = fakeLink();
  const question = new CorpusQuestion(link, 'corpus.loops');
  question.ask({ query: 'a' });
  question.ask({ query: 'b' });
  expect(asked.map(({ name }) => name)).toEqual(['corpus.loops', 'corpus.cancel', 'corpus.loops']);
  expect(asked[1]?.params.runId).toBe(asked[0]?.params.runId);
  asked[2]?.answer({ loops: ['b'] });
  asked[0]?.answer({ loops: ['a'] });
  await vi.waitFor(() => {
    expect(question.answer).toEqual({ loops: ['b'] });
  });
  await Promise.resolve();
  expect(question.answer).toEqual({ loops: ['b'] });
});

test('progress is that of the question that runs, and a stopped one says nothing more', () => {
  const { link, asked } = fakeLink();
  const question = new CorpusQuestion(link, 'corpus.map');
  question.ask({ query: '' });
  const runId = asked[0]?.params.runId ?? '';
  question.take({ runId: 'another', step: 'reading', done: 1, total: 2 });
  expect(question.progress).toBeUndefined();
  question.take({ runId, step: 'reading', done: 1, total: 2 });
  expect(question.progress?.done).toBe(1);
  question.stop();
  expect(question.asking).toBe(false);
  question.take({ runId, step: 'counting', done: 2, total: 2 });
  expect(question.progress).toBeUndefined();
});

test('why there is no answer is said in words', async () => {
  const { link, asked } = fakeLink();
  const question = new CorpusQuestion(link, 'corpus.map');
  question.ask({ query: '' });
  asked[0]?.refuse(new RpcError('closed', 'The line is closed.'));
  await vi.waitFor(() => {
    expect(question.failure).toBe('The host is away: this can be counted when it is back.');
  });
});

test('when nobody looks nothing is asked anew, and the last answer waits for who comes back', async () => {
  const { link, asked } = fakeLink();
  const question = new CorpusQuestion(link, 'corpus.insights');
  question.ask({ query: '' });
  asked[0]?.answer({ totals: 'first' });
  await vi.waitFor(() => {
    expect(question.answer).toEqual({ totals: 'first' });
  });
  question.leave();
  question.again();
  expect(asked).toHaveLength(1);
  question.ask({ query: '' });
  expect(asked).toHaveLength(2);
  expect(question.answer).toEqual({ totals: 'first' });
});
