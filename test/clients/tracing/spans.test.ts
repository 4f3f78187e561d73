import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  addTraceProcessor,
  agentSpan,
  CollectorProcessor,
  createFunctionSpan,
  createTrace,
  customSpan,
  functionSpan,
  generateGroupId,
  generateSpanId,
  generateTraceId,
  generationSpan,
  getCurrentSpan,
  getCurrentTrace,
  getCurrentTraceContext,
  getOrCreateTrace,
  responseSpan,
  setTraceProcessors,
  setTracingIdGenerator,
  taskSpan,
  trace,
  withAgentSpan,
  withTrace,
  withTraceContext,
  type Span,
  type TracingProcessor,
} from '../../../clients/tracing/index.ts';

const told: string[] = [];
const teller: TracingProcessor = {
  onTraceStart: (made) => told.push(`trace ${made.name} starts`),
  onTraceEnd: (made) => told.push(`trace ${made.name} ends`),
  onSpanStart: (span) => told.push(`${span.name} starts`),
  onSpanEnd: (span) => told.push(`${span.name} ends`),
};
beforeEach(() => {
  told.length = 0;
  setTraceProcessors([teller, new CollectorProcessor()]);
});
afterEach(() => {
  setTraceProcessors([]);
  setTracingIdGenerator(undefined);
});
const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const parentName = (span: Span | undefined): string | undefined => span?.parent?.name;

describe('a body', () => {
  it('gets its span and gives back what it returns, at once or later', async () => {
    expect(trace('W', () => agentSpan('A', (span) => span.name))).toBe('A');
    expect(
      await withTrace('W', () => withAgentSpan(async (span) => (await later(), span.name), { name: 'A' })),
    ).toBe('A');
  });

  it('is told to the processors in order, the promise before the end', async () => {
    await trace('W', () => agentSpan('A', () => later().then(() => functionSpan('f', () => 1))));
    expect(told).toEqual(['trace W starts', 'A starts', 'f starts', 'f ends', 'A ends', 'trace W ends']);
  });

  it('that fails is recorded and ended, and fails on', async () => {
    const spans: Span[] = [];
    const failing = trace('W', () =>
      agentSpan('A', async (span) => {
        spans.push(span);
        await later();
        throw new TypeError('no');
      }),
    );
    await expect(failing).rejects.toThrow('no');
    expect(spans[0]?.error).toEqual({ message: 'no' });
    expect(told.slice(-2)).toEqual(['A ends', 'trace W ends']);
  });

  it('that throws what is no error is recorded too', () => {
    const spans: Span[] = [];
    const failing = (): unknown =>
      trace('W', () =>
        customSpan('c', (span) => {
          spans.push(span);
          throw Object.create(null);
        }),
      );
    expect(failing).toThrow();
    expect(spans[0]?.error?.message).toMatch(/cannot be told/);
  });
});

describe('the status of a trace', () => {
  const statusOf = (body: () => unknown): string =>
    trace('W', (made) => {
      body();
      return made;
    }).status;
  const fail = (span: Span): void => span.setError({ message: 'no' });

  it('fails with a root task, or an agent in it', () => {
    expect(statusOf(() => taskSpan('T', fail))).toBe('failed');
    expect(statusOf(() => agentSpan('A', fail))).toBe('failed');
    expect(statusOf(() => taskSpan('T', () => agentSpan('A', fail)))).toBe('failed');
  });

  it('does not fail with a tool', () => {
    expect(statusOf(() => agentSpan('A', () => functionSpan('f', fail)))).toBe('completed');
  });
});

describe('using', () => {
  it('ends a trace and its spans with their block, and goes back to what was current', () => {
    {
      using made = trace('W');
      expect(getCurrentTrace()).toBe(made);
      {
        using outer = agentSpan('A');
        using inner = functionSpan({ name: 'f' });
        expect(parentName(inner)).toBe('A');
        expect(getCurrentSpan()).toBe(inner);
        expect(outer.endedAt).toBeNull();
      }
      expect(getCurrentSpan()).toBeNull();
    }
    expect(getCurrentTrace()).toBeNull();
    expect(told).toEqual([
      ...['trace W starts', 'A starts', 'f starts'],
      ...['f ends', 'A ends', 'trace W ends'],
    ]);
  });
});

describe('the context', () => {
  it('keeps parallel branches apart', async () => {
    const parents = await trace('W', () =>
      Promise.all(
        ['A', 'B'].map((name) =>
          agentSpan(name, async () => {
            await later();
            return functionSpan('f', async (span) => (await later(), parentName(span)));
          }),
        ),
      ),
    );
    expect(parents).toEqual(['A', 'B']);
  });

  it('is taken along by hand where it would be lost', () => {
    const context = trace('W', () => agentSpan('A', () => getCurrentTraceContext()));
    expect(withTraceContext(context, () => functionSpan('f', parentName))).toBe('A');
  });

  it('gives way to a parent that is named', () => {
    const made = createTrace('W');
    made.start();
    const parent = agentSpan({ name: 'A', parent: made });
    parent.end();
    trace('other', () => {
      const span = createFunctionSpan({ name: 'f' }, parent);
      expect([span.traceId, span.parentId]).toEqual([made.traceId, parent.spanId]);
      const remote = createFunctionSpan({ name: 'f', parent_id: 'span_elsewhere', span_id: 'span_here' });
      expect([remote.parentId, remote.spanId]).toEqual(['span_elsewhere', 'span_here']);
    });
  });

  it('nests traces and comes back to the outer one', () => {
    trace('outer', (outer) => {
      trace('inner', (inner) => agentSpan('A', (span) => expect(span.traceId).toBe(inner.traceId)));
      expect(getCurrentTrace()).toBe(outer);
      expect(getOrCreateTrace((made) => made)).toBe(outer);
    });
    expect(getOrCreateTrace((made) => made.name, { name: 'new' })).toBe('new');
  });

  it('starts the same trace again', () => {
    const made = createTrace('W');
    withTrace(made, () => 1);
    withTrace(made, () => agentSpan('A', () => 1));
    expect(told).toEqual([
      ...['trace W starts', 'trace W ends'],
      ...['trace W starts', 'A starts', 'A ends', 'trace W ends'],
    ]);
  });
});

describe('where nothing is traced', () => {
  it('a span without a trace takes everything and tells nobody', () => {
    const name = agentSpan('A', (span) => {
      span.spanData.instructions = 'text';
      span.setError({ message: 'no' });
      return functionSpan('f', (inner) => inner.isRecording);
    });
    expect(name).toBe(false);
    expect(told).toEqual([]);
  });

  it('a disabled trace hides the one around it', () => {
    trace('W', () => {
      trace({ disabled: true }, () => agentSpan('A', (span) => expect(span.toJSON()).toBeNull()));
    });
    expect(told).toEqual(['trace W starts', 'trace W ends']);
  });

  it('a disabled span leaves the others in their place', () => {
    trace('W', () => customSpan({ name: 'c', disabled: true }, () => agentSpan('A', () => 1)));
    expect(told).toEqual(['trace W starts', 'trace W ends']);
  });
});

describe('a processor that fails', () => {
  it('never reaches the program, and is told once', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const fail = (): never => {
      throw new Error('broken');
    };
    addTraceProcessor({
      onTraceStart: fail,
      onSpanEnd: () => Promise.reject(new Error('broken')),
      forceFlush: fail,
    });
    expect(trace('W', () => agentSpan('A', () => 7))).toBe(7);
    await later();
    expect(told).toContain('A ends');
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });
});

describe('ids', () => {
  it('have the form of the SDK, and differ', () => {
    expect(generateTraceId()).toMatch(/^trace_[0-9a-f]{32}$/);
    expect(generateSpanId()).toMatch(/^span_[0-9a-f]{24}$/);
    expect(generateGroupId()).toMatch(/^group_[0-9a-f]{24}$/);
    expect(new Set(Array.from({ length: 5000 }, generateSpanId)).size).toBe(5000);
  });

  it('come from the program where it wants', () => {
    setTracingIdGenerator({ generateTraceId: () => 'trace_own', generateSpanId: () => 'span_own' });
    expect(trace('W', (made) => agentSpan('A', (span) => [made.traceId, span.spanId]))).toEqual([
      'trace_own',
      'span_own',
    ]);
  });
});

describe('sensitive data', () => {
  it('is left out where the run says so, at the start and at the end', () => {
    const seen: unknown[] = [];
    setTraceProcessors([
      {
        onSpanStart: (span) => seen.push({ ...span.spanData }),
        onSpanEnd: (span) => seen.push({ ...span.spanData }),
      },
    ]);
    trace({ traceIncludeSensitiveData: false }, () => {
      responseSpan({ response_id: 'r', input: 'secret' }, (span) => (span.spanData.response = 'secret'));
      generationSpan({ model: 'm', input: ['secret'] }, (span) => (span.spanData.output = ['secret']));
    });
    expect(JSON.stringify(seen)).not.toContain('secret');
    expect(seen).toContainEqual({ type: 'generation', model: 'm' });
  });
});
