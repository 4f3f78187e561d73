import { describe, expect, it } from 'vitest';
import { computeColouring } from '../../../../renderer/charts/flame/colouring.ts';
import { describePath } from '../../../../renderer/charts/flame/critical-path.ts';
import { LabelPainter } from '../../../../renderer/charts/flame/labels.ts';
import type { FlameModel } from '../../../../renderer/charts/flame/model.ts';
import { paintFlame } from '../../../../renderer/charts/flame/paint.ts';
import { buildPicture, PLAIN_PICTURE } from '../../../../renderer/charts/flame/picture.ts';
import type { FlameScene } from '../../../../renderer/charts/flame/scene.ts';
import { DIMMED, tintPicture } from '../../../../renderer/charts/flame/tint.ts';
import { flameOf, rowNamed } from './draw-flame.ts';
import { NAMED_PALETTE, recordDrawing, type DrawnShape } from './recording-context.ts';

const RUN = flameOf(`
  Run   agent    0----------------1000
    ask  function 0----------------500
    tiny function   500-501
    bad  function     501-502          !boom
    late function        502-503
    more function            503...
`);

interface Asked {
  readonly settings?: typeof PLAIN_PICTURE;
  readonly lit?: Uint8Array;
  readonly scene?: Partial<FlameScene>;
}

function draw(
  model: FlameModel,
  { settings = PLAIN_PICTURE, lit, scene = {} }: Asked = {},
): readonly DrawnShape[] {
  const picture = buildPicture(model, settings, { now: 1_000_000 });
  const { codes, tokens } = computeColouring('kind', model, 1_000_000);
  const { context, log } = recordDrawing();
  paintFlame(context, {
    model,
    picture,
    tint: tintPicture(picture, codes, { tokens, lit, edges: lit !== undefined }),
    path: undefined,
    view: { from: 0, to: 1_000_000 },
    now: 1_000_000,
    length: 1_000_000,
    scrollTop: 0,
    width: 1000,
    height: 200,
    selected: -1,
    hovered: -1,
    growing: false,
    range: undefined,
    box: undefined,
    palette: { ...NAMED_PALETTE, bars: tokens },
    labels: new LabelPainter(),
    ...scene,
  });
  return log;
}

function styled(log: readonly DrawnShape[], op: DrawnShape['op'], style: string): readonly string[] {
  return log.filter((shape) => shape.op === op && shape.style === style).map(({ what }) => what);
}

describe('a painted frame', () => {
  it('fills the bars of a colour in one path, with a pixel of air behind each', () => {
    const log = draw(RUN);
    expect(styled(log, 'fill', '--k-agent')).toEqual(['0 10 999 22']);
    expect(styled(log, 'fill', '--k-function')[0]).toContain('0 35 499 22');
  });

  it('writes names and durations into bars that have room', () => {
    const texts = styled(draw(RUN), 'text', 'kind-ink').map((text) => text.split(' @')[0]);
    expect(texts).toEqual(['Run', '1.00 s', 'ask', '500 ms', 'more', '497 ms']);
  });

  it('shows an error that is merged with its neighbours', () => {
    const far = draw(RUN, { scene: { view: { from: 0, to: 100_000_000 } } });
    expect(styled(far, 'fill', 'error')).toHaveLength(1);
    expect(styled(draw(RUN), 'fill', 'error')).toHaveLength(1);
  });

  it('outlines the selection also where it is merged away', () => {
    const view = { from: 0, to: 1_000_000_000 };
    const log = draw(RUN, { scene: { view, selected: rowNamed(RUN, 'late') } });
    expect(styled(log, 'stroke', 'accent')).toHaveLength(1);
  });

  it('dims what is not lit, and gives what was searched for an edge', () => {
    const lit = new Uint8Array(RUN.count);
    lit[rowNamed(RUN, 'ask')] = 1;
    const log = draw(RUN, { lit });
    const agents = log.filter(({ op, style }) => op === 'fill' && style === '--k-agent');
    expect(agents.map(({ alpha }) => alpha)).toEqual([DIMMED]);
    expect(styled(log, 'rect', 'accent')).toEqual(['0 35 499 3']);
  });

  it('never dims a bunch that holds a lit span', () => {
    const lit = new Uint8Array(RUN.count);
    lit[rowNamed(RUN, 'late')] = 1;
    const log = draw(RUN, { lit, scene: { view: { from: 0, to: 100_000_000 } } });
    expect(styled(log, 'rect', 'accent')).toHaveLength(1);
  });

  it('draws merged bars with their number', () => {
    const model = flameOf(`
      T     agent    0----------100
        a   function 0--40
        a   function    50--90
    `);
    const settings = { ...PLAIN_PICTURE, order: 'left-heavy' } as const;
    const log = draw(model, { settings, scene: { view: { from: 0, to: 100_000 } } });
    const texts = styled(log, 'text', 'kind-ink').map((text) => text.split(' @')[0]);
    expect(texts).toEqual(['T', '100 ms', 'a', '80.0 ms ×2']);
  });

  it('draws the critical path along the bars that were waited for', () => {
    const model = flameOf(`
      T     agent    0----------100
        a   function 0-----60
        b   function 0-20
    `);
    const { segments } = describePath(model, 100_000);
    const log = draw(model, { scene: { view: { from: 0, to: 100_000 }, path: segments } });
    expect(styled(log, 'stroke', 'ink')).toEqual([
      'm 0 56, l 600 56, m 600 56, l 600 31, m 600 31, l 1000 31',
    ]);
  });

  it('lets what lies outside the measured range step back', () => {
    const log = draw(RUN, { scene: { range: { from: 250_000, to: 750_000 } } });
    expect(styled(log, 'rect', 'background')).toEqual(['0 0 250 200', '750 0 250 200']);
  });
});
