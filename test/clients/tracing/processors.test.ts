import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { fileNameOf } from '../../../clients/tracing/file-processor.ts';
import {
  AccessControlProcessor,
  agentSpan,
  BatchProcessor,
  CollectorProcessor,
  ComplianceProcessor,
  customSpan,
  ErrorTrackingProcessor,
  FileProcessor,
  flushTraces,
  functionSpan,
  generateTraceId,
  generationSpan,
  isSampled,
  OpenAIProcessor,
  PerformanceProcessor,
  SamplingProcessor,
  SanitizingProcessor,
  setTraceProcessors,
  trace,
  type Span,
  type Trace,
  type TracingProcessor,
} from '../../../clients/tracing/index.ts';
import { runCliJson } from '../../running-host/running-host.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  setTraceProcessors([]);
});

/** What processors behind a filter see, as text. */
function witness(): TracingProcessor & { readonly seen: string[] } {
  const seen: string[] = [];
  const tell = (what: string) => (item: Trace | Span) => void seen.push(`${what} ${JSON.stringify(item)}`);
  return {
    ...{ seen, onTraceStart: tell('trace start'), onTraceEnd: tell('trace end') },
    ...{ onSpanStart: tell('span start'), onSpanEnd: tell('span end') },
    processTrace: (made) =>
      void seen.push(`collected ${made.spans.map((span) => JSON.stringify(span)).join()}`),
  };
}

describe('BatchProcessor', () => {
  it('exports in batches of 100, at 800 of 1,000 at once, and else after five seconds', async () => {
    vi.useFakeTimers();
    const sizes: number[] = [];
    setTraceProcessors([new BatchProcessor({ export: (items) => sizes.push(items.length) })]);
    trace('W', () => {
      for (let i = 0; i < 9; i++) functionSpan('f', () => i);
    });
    await vi.advanceTimersByTimeAsync(4999);
    expect(sizes).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sizes).toEqual([10]);
    trace('W', () => {
      for (let i = 0; i < 799; i++) functionSpan('f', () => i);
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(sizes).toEqual([10, 100, 100, 100, 100, 100, 100, 100, 100]);
  });

  it('holds no more than its queue, and tells once', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const batch = new BatchProcessor({ export: () => undefined }, { maxQueueSize: 10 });
    setTraceProcessors([batch]);
    trace('W', () => {
      for (let i = 0; i < 100; i++) functionSpan('f', () => i);
    });
    expect(batch.dropped).toBe(91);
    await flushTraces();
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it('outlives an exporter that fails', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    setTraceProcessors([new BatchProcessor({ export: () => Promise.reject(new Error('no')) })]);
    trace('W', () => 1);
    await flushTraces();
    trace('W', () => 1);
    await flushTraces();
    expect(warn).toHaveBeenCalledTimes(1);
  });
});

describe('SamplingProcessor', () => {
  it('gives a trace the same answer in every process', () => {
    // Fixed for good: another process, or a later version, must not disagree.
    const kept = ['trace_1', 'trace_2', 'trace_3', 'trace_4', 'trace_5', 'trace_6', 'trace_7', 'trace_8'];
    expect(kept.filter((id) => isSampled(id, 0.5))).toMatchInlineSnapshot(`
      [
        "trace_2",
      ]
    `);
    expect([isSampled('x', 0), isSampled('x', 1)]).toEqual([false, true]);
  });

  it('keeps about the share that was asked for, each trace whole', () => {
    const next = witness();
    setTraceProcessors([new SamplingProcessor({ rate: 0.25, next })]);
    const ids = Array.from({ length: 4000 }, generateTraceId);
    const share = ids.filter((id) => isSampled(id, 0.25)).length / ids.length;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.3);
    for (const traceId of ids.slice(0, 40)) trace({ traceId }, () => agentSpan('A', () => 1));
    expect(next.seen).toHaveLength(5 * ids.slice(0, 40).filter((id) => isSampled(id, 0.25)).length);
  });
});

describe('SanitizingProcessor', () => {
  it('shows no secret to those behind it, and leaves the program its data', () => {
    const next = witness();
    const plain = new CollectorProcessor();
    setTraceProcessors([plain, new SanitizingProcessor({ next })]);
    trace({ traceId: 't', metadata: { owner: 'ann@example.org' } }, () => {
      functionSpan(
        { name: 'f', input: { apiKey: 'sk-0123456789abcdef0123', to: 'bob@example.org' } },
        () => 1,
      );
      generationSpan(
        { model: 'm', input: [{ content: 'card 4111 1111 1111 1111, ssn 078-05-1120' }] },
        (span) => span.setError({ message: 'call 555-010-9999 failed' }),
      );
    });
    const seen = next.seen.join('\n');
    for (const secret of ['example.org', 'sk-0123', '4111', '078-05', '555-010'])
      expect(seen).not.toContain(secret);
    expect(seen).toContain('[redacted email]');
    expect(seen).toContain('"model":"m"');
    expect(JSON.stringify(plain.get('t')?.spans)).toContain('bob@example.org');
  });
});

describe('AccessControlProcessor', () => {
  it('hides whole traces, and of some spans all but kind, name and times', () => {
    const next = witness();
    const allowTrace = (made: Trace): boolean => made.metadata['tenant'] !== 'secret';
    const allowData = (span: Span): boolean => span.spanData.type !== 'function';
    setTraceProcessors([new AccessControlProcessor({ allowTrace, allowData, next })]);
    trace({ metadata: { tenant: 'secret' } }, () => agentSpan('hidden', () => 1));
    trace('W', () =>
      functionSpan({ name: 'f', input: 'private' }, (span) => span.setError({ message: 'private' })),
    );
    const seen = next.seen.join('\n');
    expect(seen).not.toContain('hidden');
    expect(seen).not.toContain('private');
    expect(seen).toContain('"name":"f"');
    expect(next.seen).toHaveLength(5);
  });
});

describe('the watching processors', () => {
  it('time spans by kind and tell of slow ones', () => {
    const slow: string[] = [];
    const performance = new PerformanceProcessor({ slowMs: 0, onSlow: (span) => slow.push(span.name) });
    setTraceProcessors([performance]);
    trace('W', () => agentSpan('A', () => functionSpan('f', (span) => span.setError({ message: 'no' }))));
    expect(performance.metrics).toMatchObject({
      agent: { count: 1, errors: 0 },
      function: { count: 1, errors: 1 },
    });
    expect(slow).toEqual(['f', 'A']);
  });

  it('keep the newest errors and count all', () => {
    const errors = new ErrorTrackingProcessor({ keep: 2 });
    setTraceProcessors([errors]);
    trace('W', () => {
      for (const message of ['a', 'b', 'c']) functionSpan('f', (span) => span.setError({ message }));
    });
    expect(errors.count).toBe(3);
    expect(errors.errors.map((error) => error.message)).toEqual(['b', 'c']);
  });

  it('find personal data without keeping it', () => {
    const compliance = new ComplianceProcessor();
    setTraceProcessors([compliance]);
    trace('W', () =>
      customSpan({ name: 'c', data: { to: ['ann@example.org', 'bob@example.org'] } }, () => 1),
    );
    expect(compliance.findings).toMatchObject([{ rule: 'email', count: 2 }]);
    expect(JSON.stringify(compliance.findings)).not.toContain('example');
  });

  it('collect the newest traces only', () => {
    const collector = new CollectorProcessor({ keep: 2 });
    setTraceProcessors([collector]);
    for (const traceId of ['a', 'b', 'c']) trace({ traceId }, () => 1);
    expect(collector.traces.map((made) => made.traceId)).toEqual(['b', 'c']);
  });
});

describe('FileProcessor', () => {
  it('writes a file a trace that the workbench reads, for the user alone', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'tracebench-test-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    setTraceProcessors([new FileProcessor({ directory })]);
    trace({ traceId: '../../etc/passwd', workflowName: 'W' }, () =>
      agentSpan('A', () => functionSpan('f', () => 1)),
    );
    await flushTraces();
    const [file = ''] = readdirSync(directory);
    expect(file).toBe(fileNameOf('../../etc/passwd'));
    expect(file).toMatch(/^[\w-]+\.jsonl$/);
    expect(statSync(join(directory, file)).mode & 0o077).toBe(0);
    expect(readFileSync(join(directory, file), 'utf8').trimEnd().split('\n')).toHaveLength(3);
    expect(await runCliJson(['analyze', join(directory, file)])).toMatchObject({
      traces: [{ id: '../../etc/passwd', workflowName: 'W', spans: 2, status: 'completed' }],
      files: [{ skipped: 0 }],
    });
  }, 60_000);

  it('gives ids that had to change names that never meet', () => {
    expect(fileNameOf('trace_1')).toBe('trace_1.jsonl');
    expect(fileNameOf('a/b')).not.toBe(fileNameOf('a_b'));
    expect(fileNameOf('a/b')).not.toBe(fileNameOf('a:b'));
    expect(fileNameOf('')).toMatch(/^-\w{16}\.jsonl$/);
    expect(fileNameOf('x'.repeat(5000)).length).toBeLessThan(130);
  });
});

describe('OpenAIProcessor', () => {
  async function startEndpoint(statuses: number[]) {
    const posts: { headers: IncomingHttpHeaders; body: { data: Record<string, unknown>[] } }[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (text: string) => (body += text));
      request.on('end', () => {
        posts.push({
          headers: request.headers,
          body: JSON.parse(body) as { data: Record<string, unknown>[] },
        });
        response.writeHead(statuses.shift() ?? 204).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return { posts, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces/ingest` };
  }

  it('posts what the SDK posts, one body a key, and cuts what is too long', async () => {
    const { posts, endpoint } = await startEndpoint([]);
    setTraceProcessors([new OpenAIProcessor({ apiKey: 'k1', endpoint })]);
    trace('W', () => functionSpan({ name: 'f', input: 'ä'.repeat(200_000) }, () => 1));
    trace({ workflowName: 'other', tracing: { apiKey: 'k2' } }, () => 1);
    await flushTraces();
    expect(posts.map((post) => post.headers.authorization)).toEqual(['Bearer k1', 'Bearer k2']);
    expect(posts[0]?.headers).toMatchObject({
      'openai-beta': 'traces=v1',
      'content-type': 'application/json',
    });
    expect(posts.map((post) => post.body.data.map((item) => item['object']))).toEqual([
      ['trace', 'trace.span'],
      ['trace'],
    ]);
    const input = JSON.stringify((posts[0]?.body.data[1]?.['span_data'] as { input: string }).input);
    expect(Buffer.byteLength(input)).toBeLessThanOrEqual(100_000);
    expect(Buffer.byteLength(input)).toBeGreaterThan(99_000);
    expect(input).toMatch(/\.\.\. \[truncated\]"$/);
  });

  it('is off without a key, and says so once', async () => {
    vi.stubEnv('OPENAI_API_KEY', undefined);
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { posts, endpoint } = await startEndpoint([]);
    setTraceProcessors([new OpenAIProcessor({ endpoint })]);
    trace('W', () => agentSpan('A', () => 1));
    await flushTraces();
    expect(posts).toEqual([]);
    expect(warn).toHaveBeenCalledTimes(1);
    vi.unstubAllEnvs();
  });

  it('drops what is refused', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { posts, endpoint } = await startEndpoint([400]);
    setTraceProcessors([new OpenAIProcessor({ apiKey: 'k', endpoint })]);
    trace('W', () => 1);
    await flushTraces();
    expect(posts).toHaveLength(1);
    expect(warn).toHaveBeenCalledTimes(1);
  });
});
