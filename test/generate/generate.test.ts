import { describe, expect, it } from 'vitest';
import { readIsoUs } from '../../core/model/time.ts';
import type { TraceSummary } from '../../core/model/trace-summary.ts';
import { readTraces, summarizeAll } from '../build/read-traces.ts';
import { generateBodies, generateLines, type GenerateOptions } from './generate.ts';
import { drawTraceSize, MAX_SPANS_A_TRACE } from './plan-trace.ts';
import { Prng } from './prng.ts';
import type { TraceTruth } from './truth.ts';

function generate(options: GenerateOptions): { lines: readonly string[]; truths: readonly TraceTruth[] } {
  const truths: TraceTruth[] = [];
  const lines = [...generateLines({ ...options, onTrace: (truth) => truths.push(truth) })];
  return { lines, truths };
}

/** A summary in the fields of the truth; an empty trace has no times of its own. */
function asTruth(summary: TraceSummary): TraceTruth {
  const { startedAt, durationMs, sources, origins, ...rest } = summary;
  expect({ sources, origins }).toEqual({ sources: ['openai-agents'], origins: ['test'] });
  const startUs = rest.spans === 0 ? undefined : readIsoUs(startedAt);
  const endUs = startUs === undefined ? undefined : startUs + Math.round(durationMs * 1000);
  return { ...rest, startUs, endUs };
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

const MANY_SPANS = 12_000;
const many = generate({ seed: 5, spans: MANY_SPANS });

describe('the generator', () => {
  it('makes the same bytes from the same seed, and others from another', () => {
    const text = (seed: number): string => generate({ seed, spans: 300 }).lines.join('\n');
    expect(text(1)).toBe(text(1));
    expect(text(1)).not.toBe(text(2));
  });

  for (const shape of ['items', 'events'] as const) {
    it(`tells of ${shape} what reading, folding and counting them finds`, () => {
      const { lines, truths } = generate({ seed: 11, spans: 2500, shape });
      const read = readTraces([Buffer.from(lines.join('\n'))]);
      expect(read.rejects).toEqual([]);
      const found = summarizeAll(read).map(asTruth).sort(byId);
      expect(found).toEqual([...truths].sort(byId));
      expect(truths.reduce((sum, { spans }) => sum + spans, 0)).toBe(2500);
    });
  }

  it('sends children before parents, and traces side by side', () => {
    const { lines } = generate({ seed: 3, spans: 2000 });
    const seen = new Set<string>();
    let late = 0;
    let switches = 0;
    let last = '';
    for (const line of lines) {
      const item = JSON.parse(line) as { id: string; parent_id?: string | null; trace_id?: string };
      if (typeof item.parent_id === 'string' && seen.has(item.parent_id)) late++;
      if (item.trace_id !== last) switches++;
      last = item.trace_id ?? item.id;
      seen.add(item.id);
    }
    expect(late).toBe(0);
    expect(switches).toBeGreaterThan(lines.length / 6);
  });

  it('covers what goes wrong and what is rare', () => {
    const { truths, lines } = many;
    const kinds = new Set(truths.flatMap(({ spansByKind }) => Object.keys(spansByKind)));
    expect([...kinds].sort()).toEqual(
      [
        ...['agent', 'custom', 'function', 'generation', 'guardrail', 'handoff', 'mcp_tools', 'response'],
        ...['speech', 'speech_group', 'task', 'transcription', 'turn'],
      ].sort(),
    );
    const some = (test: (truth: TraceTruth) => boolean): boolean => truths.some(test);
    expect(some(({ status }) => status === 'failed')).toBe(true);
    expect(some(({ orphans }) => orphans > 0)).toBe(true);
    expect(some(({ roots }) => roots > 1)).toBe(true);
    expect(some(({ depth }) => depth > 8)).toBe(true);
    expect(some(({ guardrails }) => Object.values(guardrails).some(({ triggered }) => triggered > 0))).toBe(
      true,
    );
    expect(some(({ tools }) => Object.values(tools).some(({ errors }) => errors > 0))).toBe(true);
    const named = lines.filter((line) => line.startsWith('{"object":"trace",')).length;
    expect(named).toBeLessThan(truths.length);
    expect(named).toBeGreaterThan(truths.length * 0.9);
    const bases = new Set(truths.map(({ tokens }) => tokens.basis));
    expect([...bases]).toEqual(expect.arrayContaining(['model-spans', 'root-task', 'unknown']));
    // Text of every script, whole: no half of a surrogate pair.
    const text = lines.join('\n');
    expect(Buffer.from(text).toString()).toBe(text);
    for (const word of ['Überprüfe', '发票', 'الفاتورة', 'שלום', '👩‍💻']) expect(text).toContain(word);
  });

  it('draws sizes of traces from a heavy tail that is cut at 5,000', () => {
    const prng = new Prng(1);
    const sizes = Array.from({ length: 20_000 }, () => drawTraceSize(prng)).sort((a, b) => a - b);
    expect(sizes[0]).toBe(1);
    expect(sizes.at(-1)).toBe(MAX_SPANS_A_TRACE);
    // Pareto: half of all are below 12 * 2^(1/1.25) - 11.
    expect(sizes[10_000]).toBeGreaterThanOrEqual(8);
    expect(sizes[10_000]).toBeLessThanOrEqual(11);
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    expect(mean).toBeGreaterThan(28);
    expect(mean).toBeLessThan(42);
  });

  it('writes about 1.4 KB a span', () => {
    const bytes = many.lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
    expect(bytes / MANY_SPANS).toBeGreaterThan(1200);
    expect(bytes / MANY_SPANS).toBeLessThan(1650);
  });

  it('packs the same records into bodies of a given size', () => {
    const bodies = [...generateBodies({ seed: 4, spans: 250 }, 100)];
    const items = bodies.map((body) => (JSON.parse(body) as { data: unknown[] }).data);
    expect(items.slice(0, -1).every(({ length }) => length === 100)).toBe(true);
    expect(items.flat().map((item) => JSON.stringify(item))).toEqual(generate({ seed: 4, spans: 250 }).lines);
  });
});
