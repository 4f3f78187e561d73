/** What the page of a trace says, read as a person would read it, held against the truth of a fixture. */
import { expect, type Page } from '@playwright/test';
import { objectAt, ownAt, type Json } from '../../core/model/json.ts';
import type { Truth } from './fixture-corpus.ts';
import type { RunningHost } from './harness.ts';
import { openTrace } from './page-handles.ts';
import { failingTools, type Way } from './truth.ts';

/** Tall enough that no row of a fixture's table waits below the screen. */
const TALL = { width: 1280, height: 3000 };
const TOKEN_WORDS = {
  input: 'input',
  cached: 'from cache',
  output: 'output',
  reasoning: 'reasoning',
} as const;

/** One row of the table twin. */
interface SpanRow {
  readonly kind: string;
  readonly name: string;
  /** Marks beside the name: error, tripped, parent not received. */
  readonly marks: readonly string[];
}

export interface TracePage {
  readonly rows: readonly SpanRow[];
  /** The figure under "Tokens" and, one a line, what is known about them. */
  readonly tokens: string;
}

/** Opens a trace and reads its table and its head. */
export async function readTracePage(page: Page, host: RunningHost, traceId: string): Promise<TracePage> {
  await page.setViewportSize(TALL);
  const trace = await openTrace(page, host, traceId);
  const rows = trace.locator('[data-span-id]');
  await expect(rows.first()).toBeVisible();
  const table = trace.getByTestId('waterfall');
  const count = Number(await table.getAttribute('aria-rowcount')) - 1;
  await expect(rows).toHaveCount(count);
  const read = await rows.evaluateAll((elements) =>
    elements.map((row) => {
      const [first] = row.querySelectorAll('[role="gridcell"]');
      const name = first?.querySelector('b')?.textContent ?? '';
      const words = (first?.textContent ?? '').replace(name, '');
      const marks = ['error', 'tripped', 'parent not received'].filter((mark) => words.includes(mark));
      return { kind: row.getAttribute('data-kind') ?? '', name, marks };
    }),
  );
  const tokens = trace.locator('dl > div', { has: page.locator('dt', { hasText: /^Tokens$/ }) });
  return { rows: read, tokens: `${await tokens.innerText()}\n${(await tokens.getAttribute('title')) ?? ''}` };
}

/** Fails where the pages of the traces of one truth show anything else than the truth. */
export function expectPageTruth({ expected }: Truth, pages: readonly TracePage[], way: Way): void {
  const rows = pages.flatMap((page) => page.rows);
  const kinds = objectAt(expected, 'spans_by_logical_type');
  if (kinds !== undefined) expect(countBy(rows.map((row) => row.kind))).toEqual(kinds);
  const total = ownAt(expected, 'spans_total') ?? ownAt(expected, 'spans_arriving');
  if (total !== undefined) expect(rows).toHaveLength(Number(total));
  const edges = ownAt(expected, 'handoff_edges');
  if (Array.isArray(edges)) {
    const targets = edges.flatMap((edge: Json) => (Array.isArray(edge) ? [JSON.stringify(edge[1])] : []));
    const arrows = rows.filter((row) => row.kind === 'handoff').map((row) => row.name);
    expect(arrows.map((arrow) => JSON.stringify(arrow.replace('→ ', '')))).toEqual(targets);
  }
  expectMarks(expected, rows);
  expectTokenWords(expected, pages, way);
}

function expectMarks(expected: Truth['expected'], rows: readonly SpanRow[]): void {
  const named = (kind: string, mark: string): string[] =>
    rows.filter((row) => row.kind === kind && row.marks.includes(mark)).map((row) => row.name);
  if (ownAt(expected, 'failing_tools') !== undefined) {
    expect(named('function', 'error')).toEqual(failingTools(expected));
  }
  const triggered = ownAt(expected, 'guardrails_triggered');
  if (triggered !== undefined) expect(named('guardrail', 'tripped')).toEqual(triggered);
  const orphans = ownAt(expected, 'orphans');
  if (orphans !== undefined) {
    expect(rows.filter((row) => row.marks.includes('parent not received'))).toHaveLength(Number(orphans));
  }
}

function expectTokenWords(expected: Truth['expected'], pages: readonly TracePage[], way: Way): void {
  const tokens = objectAt(expected, 'tokens');
  const [page] = pages;
  if (tokens === undefined || page === undefined) return;
  const lines = page.tokens.split('\n');
  for (const [name, word] of Object.entries(TOKEN_WORDS)) {
    const told = ownAt(tokens, name);
    if (told === undefined) continue;
    const line = `${Number(told).toLocaleString('en-US')} ${word}`;
    if (name === 'reasoning' && !way.reasoningKnown) expect(page.tokens).not.toContain(word);
    else expect(lines).toContain(line);
  }
  const total = ownAt(tokens, 'total');
  if (total !== undefined) expect(lines).toContain(Number(total).toLocaleString('en-US'));
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
