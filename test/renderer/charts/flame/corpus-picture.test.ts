import { expect, test } from 'vitest';
import { SPAN_KINDS } from '../../../../core/model/span-kind.ts';
import { SpanFlag } from '../../../../core/model/span-row.ts';
import { buildCorpusPicture, type MergedPaths } from '../../../../renderer/charts/flame/corpus-picture.ts';
import { writeFlameSvg } from '../../../../renderer/charts/flame/flame-svg.ts';
import { COUNT_SCALE } from '../../../../renderer/charts/flame/picture.ts';

const PATHS: MergedPaths = {
  weight: 'time',
  parent: [-1, 0, 0, 1, 1],
  kind: ['', 'agent', 'agent', 'generation', 'function'],
  name: ['all', 'Triage', 'Billing', 'gpt-5', 'a < b & "c"'],
  spans: [50, 10, 20, 15, 5],
  errors: [0, 0, 3, 0, 1],
  total: [100, 70, 30, 40, 20],
};

test('each path stands inside the one above it, from the left, as wide as its weight', () => {
  const { picture, model } = buildCorpusPicture(PATHS);
  expect([...picture.start]).toEqual([0, 0, 70, 0, 40]);
  expect([...picture.end]).toEqual([100, 70, 100, 40, 60]);
  expect([...picture.row]).toEqual([0, 1, 1, 2, 2]);
  expect(picture.lastKnown).toBe(100);
  expect([...(picture.merged?.spans ?? [])]).toEqual(PATHS.spans);
  expect(model.table.name(3)).toBe('gpt-5');
  expect([...model.tree.firstChild]).toEqual([1, 3, -1, -1, -1]);
  expect([...model.tree.nextSibling]).toEqual([-1, 2, -1, 4, -1]);
});

test('a path with errors is marked, and the sums along the rows count them all', () => {
  const { picture, model } = buildCorpusPicture(PATHS);
  expect((model.table.columns.flags[2] ?? 0) & SpanFlag.error).not.toBe(0);
  expect((model.table.columns.flags[1] ?? 0) & SpanFlag.error).toBe(0);
  expect(picture.errorsBefore.at(-1)).toBe(4);
});

test('counts are drawn at the scale of a merged picture of a trace', () => {
  const { picture } = buildCorpusPicture({ ...PATHS, weight: 'tokens' });
  expect(picture.lastKnown).toBe(100 * COUNT_SCALE);
  expect(picture.settings).toMatchObject({ order: 'left-heavy', weight: 'tokens' });
});

test('saved as a picture, every name is text and nothing else', () => {
  const colours = {
    bars: SPAN_KINDS.map(() => 'rgb(1, 2, 3)'),
    ink: 'rgb(0, 0, 0)',
    background: 'rgb(255, 255, 255)',
  };
  const svg = writeFlameSvg(buildCorpusPicture(PATHS), colours, 1000);
  expect(svg.match(/<rect /g)).toHaveLength(PATHS.parent.length + 1);
  expect(svg).toContain('a &lt; b &amp; &quot;c&quot;');
  expect(svg).not.toContain('<b');
});
