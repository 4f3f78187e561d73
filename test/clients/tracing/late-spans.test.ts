import { afterEach, expect, it, vi } from 'vitest';
import {
  createAgentSpan,
  createTrace,
  flushTraces,
  setTraceProcessors,
} from '../../../clients/tracing/index.ts';

afterEach(() => {
  vi.useRealTimers();
  setTraceProcessors([]);
});

it('waits a second for spans that end after their trace, and no longer', async () => {
  vi.useFakeTimers();
  const collected: (string | null)[][] = [];
  setTraceProcessors([
    { processTrace: (made) => collected.push(made.spans.map((span) => span.endedAt && 'ended')) },
  ]);
  for (const ends of [true, false]) {
    const made = createTrace('W');
    made.start();
    const span = createAgentSpan('A', made);
    span.start();
    made.end();
    expect(collected).toHaveLength(0);
    if (ends) span.end();
    else await vi.advanceTimersByTimeAsync(1000);
    expect(collected.splice(0)).toEqual([[ends ? 'ended' : null]]);
    span.end();
    expect(collected).toEqual([]);
  }
});

it('does not wait when it is flushed', async () => {
  const processTrace = vi.fn();
  setTraceProcessors([{ processTrace }]);
  const made = createTrace('W');
  made.start();
  createAgentSpan('A', made).start();
  made.end();
  await flushTraces();
  expect(processTrace).toHaveBeenCalledTimes(1);
});
