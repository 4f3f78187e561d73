/** Every row of the guide's names of what runs and listens: once as the guide spells it, once as the SDK does. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { countTools } from '../../../clients/tracing/analysis.ts';
import * as tracing from '../../../clients/tracing/index.ts';

const { addUsage, agentSpan, customSpan, functionSpan, toolSpan, trace } = tracing;

let collector: tracing.CollectorProcessor;
beforeEach(() => {
  collector = new tracing.CollectorProcessor();
  tracing.setTraceProcessors([collector]);
});
afterEach(() => {
  vi.unstubAllEnvs();
  tracing.setTraceProcessors([]);
  tracing.setTracingDisabled(false);
});

/** The exported data of the one span that `make` makes inside a trace. */
function dataOf(make: () => unknown): unknown {
  return trace('names', (running) => {
    make();
    return running;
  }).spans[0]?.toJSON()?.span_data;
}

describe('the configuration', () => {
  it('is read in both spellings from a run config', () => {
    const seed = trace(
      {
        workflow_name: 'W',
        trace_id: 't',
        group_id: 'g',
        trace_metadata: { a: 1 },
        trace_include_sensitive_data: false,
      },
      (running) => running,
    );
    const sdk = trace(
      {
        workflowName: 'W',
        traceId: 't',
        groupId: 'g',
        traceMetadata: { a: 1 },
        traceIncludeSensitiveData: false,
        tracing: { apiKey: 'k' },
      },
      (running) => running,
    );
    expect(seed.toJSON()).toEqual(sdk.toJSON());
    expect([seed.includesSensitiveData, sdk.includesSensitiveData, sdk.tracingApiKey]).toEqual([
      false,
      false,
      'k',
    ]);
    for (const off of [{ tracing_disabled: true }, { tracingDisabled: true }, { disabled: true }]) {
      expect(trace(off, (running) => running.isRecording)).toBe(false);
    }
  });

  it('turns tracing off and on by setTracingDisabled', () => {
    tracing.setTracingDisabled(true);
    expect(trace('W', () => agentSpan('A', (span) => span.toJSON()))).toBeNull();
    tracing.setTracingDisabled(false);
    expect(trace('W', () => agentSpan('A', (span) => span.isRecording))).toBe(true);
  });

  it.each(['OPENAI_AGENTS_DISABLE_TRACING', 'OPENAI_AGENTS_TRACING_DISABLED'])('is off by %s', (name) => {
    vi.stubEnv(name, 'True');
    const provider = new tracing.TraceProvider();
    expect(provider.createTrace({}).isRecording).toBe(false);
    provider.setDisabled(false);
    expect(provider.createTrace({}).isRecording).toBe(true);
  });

  it('leaves sensitive data out by the environment', () => {
    vi.stubEnv('OPENAI_AGENTS_TRACE_INCLUDE_SENSITIVE_DATA', 'no');
    expect(dataOf(() => functionSpan({ name: 'f', input: 'secret', output: 'secret' }, () => 1))).toEqual({
      ...{ type: 'function', name: 'f', input: '', output: '' },
    });
    vi.stubEnv('OPENAI_AGENTS_TRACE_INCLUDE_SENSITIVE_DATA', 'on');
    expect(dataOf(() => functionSpan({ name: 'f', input: 'open' }, () => 1))).toMatchObject({
      input: 'open',
    });
  });
});

describe('processors', () => {
  it('get processTrace once, with the collected spans', async () => {
    const processTrace = vi.fn((given: tracing.Trace) => Promise.resolve(given.spans.length));
    tracing.addTraceProcessor({ processTrace });
    await trace('W', () => Promise.resolve(agentSpan('A', () => functionSpan('f', () => 1))));
    expect(processTrace).toHaveBeenCalledTimes(1);
    await expect(processTrace.mock.results[0]?.value).resolves.toBe(2);
  });

  it('may be objects that only export, which get lists', async () => {
    const exported: unknown[] = [];
    tracing.addTraceProcessor({
      export: (items) => exported.push(...items.map((item) => item.toJSON()?.object)),
    });
    trace('W', () => agentSpan('A', () => 1));
    await tracing.flushTraces();
    expect(exported).toEqual(['trace', 'trace.span']);
  });

  it('may be the ConsoleProcessor, or the SDK exporter of that kind', () => {
    const lines: string[] = [];
    tracing.addTraceProcessor(new tracing.ConsoleProcessor((line) => lines.push(line)));
    const made = trace('W', (running) => agentSpan('A', () => running));
    new tracing.ConsoleSpanExporter((line) => lines.push(line)).export([made, ...made.spans]);
    expect(lines.map((line) => line.split(':')[0]?.trim().split(' ')[0])).toEqual([
      'Trace',
      'A',
      'Trace',
      'Trace',
      'A',
    ]);
  });

  it('may be the FileProcessor', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'tracebench-test-'));
    tracing.addTraceProcessor(new tracing.FileProcessor({ directory }));
    trace({ traceId: 'trace_1' }, () => agentSpan('A', () => 1));
    await tracing.flushTraces();
    expect(readdirSync(directory)).toEqual(['trace_1.jsonl']);
    rmSync(directory, { recursive: true });
  });

  it('may be the OpenAIProcessor, with api_key or apiKey', () => {
    for (const key of [{ api_key: 'k' }, { apiKey: 'k' }]) {
      expect(() => new tracing.OpenAIProcessor(key)).not.toThrow();
    }
  });
});

describe('what runs', () => {
  it('is told by getCurrentTrace and getCurrentSpan', () => {
    expect([tracing.getCurrentTrace(), tracing.getCurrentSpan()]).toEqual([null, null]);
    trace('W', (running) => {
      expect([tracing.getCurrentTrace(), tracing.getCurrentSpan()]).toEqual([running, null]);
      agentSpan('A', (span) => expect(tracing.getCurrentSpan()).toBe(span));
    });
  });

  it('is found in the collector by its trace id', () => {
    trace({ trace_id: 'result' }, () => agentSpan('A', () => 1));
    expect(collector.get('result')?.spans).toHaveLength(1);
    expect(collector.get('other')).toBeUndefined();
  });

  it('adds usage in any spelling', () => {
    const sum = addUsage(
      { request_tokens: 1, response_tokens: 2, total_tokens: 3 },
      { inputTokens: 10, outputTokens: 20, totalTokens: 30, requests: 1 },
      { input_tokens: 100, output_tokens: 200 },
    );
    expect(sum).toEqual({ requests: 1, input_tokens: 111, output_tokens: 222, total_tokens: 333 });
  });

  it('counts tools by their kind, whatever they are called', () => {
    trace({ traceId: 't' }, () => {
      toolSpan('lookup', () => 1);
      functionSpan('lookup', () => 1);
      customSpan('tool_like', () => 1);
    });
    const made = collector.get('t');
    expect(made && countTools(made)).toEqual({ lookup: { calls: 2, errors: 0 } });
  });

  it('records an error of a body by itself, and throws it on', () => {
    const failing = (): unknown =>
      trace({ traceId: 'f' }, () =>
        customSpan('c', () => {
          throw Object.assign(new Error('no'), { data: { code: 1 } });
        }),
      );
    expect(failing).toThrow('no');
    expect(collector.get('f')?.spans[0]?.error).toEqual({ message: 'no', data: { code: 1 } });
  });
});
