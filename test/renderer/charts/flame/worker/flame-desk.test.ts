import { describe, expect, it } from 'vitest';
import { openPriceBook } from '../../../../../core/analysis/cost/open-price-book.ts';
import { encodeDrawnRows } from '../../../../../core/flame/drawn-rows-bytes.ts';
import { takeDrawnRows } from '../../../../../core/flame/drawn-rows.ts';
import { encodeSpanTable } from '../../../../../core/model/span-table-bytes.ts';
import type { CanvasPainter } from '../../../../../renderer/charts/flame/canvas-painter.ts';
import { joinModel } from '../../../../../renderer/charts/flame/model.ts';
import { buildPicture, PLAIN_PICTURE } from '../../../../../renderer/charts/flame/picture.ts';
import type { FlameFrame } from '../../../../../renderer/charts/flame/scene.ts';
import { answerQuestion } from '../../../../../renderer/charts/flame/trace-answers.ts';
import { FlameDesk } from '../../../../../renderer/charts/flame/worker/flame-desk.ts';
import { FlameLine } from '../../../../../renderer/charts/flame/worker/flame-line.ts';
import { absolute } from '../../../../../renderer/charts/flame/worker/font-sources.ts';
import type { FromFlame, ToFlame } from '../../../../../renderer/charts/flame/worker/messages.ts';
import { foldTraceText } from '../../../../build/read-trace-text.ts';
import { drawRows, flameOf } from '../draw-flame.ts';

const TEXT = `
  T    agent    0----------10
    a  function 0--4
    b  function     4...
`;

const ENDED = `
  T    agent    0----------10
    a  function 0--4
`;

const NO_CANVASES = {
  minimap: {} as OffscreenCanvas,
  axis: {} as OffscreenCanvas,
  rows: {} as OffscreenCanvas,
};

const FRAME: FlameFrame = {
  view: { from: 0, to: 1 },
  now: 0,
  length: 0,
  scrollTop: 0,
  selected: -1,
  hovered: -1,
  growing: false,
  range: undefined,
  box: undefined,
};

function bytesOf(text: string): Uint8Array {
  return encodeSpanTable(foldTraceText(text));
}

function sketchOf(text: string): Uint8Array {
  const model = flameOf(text);
  return encodeDrawnRows(takeDrawnRows(model.table, model.tree, model));
}

/** A line to a desk in this thread; messages are cloned as a worker's are, and frames wait until asked for. */
function openDesk(): { line: FlameLine; painted: string[]; takeFrame: () => void } {
  const painted: string[] = [];
  let waiting: (() => void) | undefined;
  let listener: (message: FromFlame) => void = () => undefined;
  const painter = {
    setPicture: (_model: unknown, { settings }: { settings: { order: string } }) =>
      painted.push(`picture ${settings.order}`),
    resize: (width: number) => painted.push(`size ${String(width)}`),
    paint: ({ scrollTop }: FlameFrame) => painted.push(`frame ${String(scrollTop)}`),
  } as unknown as CanvasPainter;
  const desk = new FlameDesk({
    answer: (message, transfer) => {
      const copy = structuredClone(message, { transfer });
      queueMicrotask(() => {
        listener(copy);
      });
    },
    makePainter: () => painter,
    onFrame: (paint) => (waiting = paint),
  });
  const line = new FlameLine({
    send: (message: ToFlame, transfer = []) => {
      desk.take(structuredClone(message, { transfer }));
    },
    onMessage: (next) => (listener = next),
    onFailure: () => undefined,
  });
  const takeFrame = (): void => {
    waiting?.();
    waiting = undefined;
  };
  return { line, painted, takeFrame };
}

describe('the flame worker', () => {
  it('derives what the page would have derived from the same table', async () => {
    const { line } = openDesk();
    const derived = await line.open(bytesOf(TEXT));
    expect(drawRows(joinModel(foldTraceText(TEXT), derived))).toEqual(drawRows(flameOf(TEXT)));
  });

  it('lays changes over the trace that it holds', async () => {
    const { line } = openDesk();
    await line.open(bytesOf(TEXT));
    const derived = await line.change([bytesOf('c function 5--6 id=s9 parent=s1')]);
    expect(derived.count).toBe(4);
    expect(derived.rows).toBe(3);
  });

  it('makes the picture that the page would have made', async () => {
    const { line } = openDesk();
    await line.open(bytesOf(TEXT));
    const settings = { ...PLAIN_PICTURE, order: 'left-heavy', upright: true } as const;
    const picture = await line.picture(settings, { now: 10_000 });
    expect(picture).toEqual(buildPicture(flameOf(TEXT), settings, { now: 10_000 }));
  });

  it('paints the last of many frames, after the size that came before it, and none of another trace', async () => {
    const { line, painted, takeFrame } = openDesk();
    await line.open(bytesOf(TEXT));
    const canvas = { width: 1, height: 1 } as unknown as OffscreenCanvas;
    line.tell({ kind: 'canvases', minimap: canvas, axis: canvas, rows: canvas });
    line.tell({ kind: 'size', width: 700, height: 100, ratio: 1 });
    const { epoch } = line;
    line.tell({ kind: 'frame', epoch, frame: { ...FRAME, scrollTop: 1 } });
    line.tell({ kind: 'frame', epoch, frame: { ...FRAME, scrollTop: 2 } });
    takeFrame();
    line.tell({ kind: 'frame', epoch: epoch + 1, frame: { ...FRAME, scrollTop: 3 } });
    takeFrame();
    expect(painted).toEqual(['picture time', 'size 700', 'frame 2']);
  });

  it('answers a question about the trace that it holds as the page would', async () => {
    const { line } = openDesk();
    await line.open(bytesOf(TEXT));
    const endUs = flameOf(TEXT).originUs + 10_000;
    const statistics = { name: 'statistics', by: 'kind', endUs, usd: undefined } as const;
    expect(await line.read<'statistics'>(statistics)).toEqual(answerQuestion(flameOf(TEXT), statistics));
    const marks = await line.read<'path-marks'>({ name: 'path-marks', endUs });
    expect([...marks]).toEqual([0, 1, 1]);
  });

  it('prices the trace that it holds, anew where the prices are others', async () => {
    const { line } = openDesk();
    await line.open(bytesOf('own generation 0-4 in=1000'));
    const costAt = async (perMtok: number): Promise<number | undefined> => {
      const models = [{ id: 'own', prices: { input_mtok: perMtok } }];
      const own = { providers: [{ id: 'house', models }] };
      const prices = { snapshot: { id: 'none', providers: [] }, own, ownId: `own ${String(perMtok)}` };
      const priceId = openPriceBook(prices).id;
      return (await line.read<'costs'>({ name: 'costs', prices, priceId })).sum.usd;
    };
    expect(await costAt(2)).toBeCloseTo(0.002, 9);
    expect(await costAt(3)).toBeCloseTo(0.003, 9);
  });

  it('follows the critical path of the trace that it holds', async () => {
    const { line } = openDesk();
    await line.open(bytesOf(TEXT));
    const { segments, shares } = await line.criticalPath(10_000);
    expect(segments.length % 3).toBe(0);
    expect(shares.toolUs).toBeGreaterThan(0);
  });

  it('paints a sketch, says when it was painted, and then the whole trace over it', async () => {
    const { line, painted, takeFrame } = openDesk();
    line.tell({ kind: 'canvases', ...NO_CANVASES });
    let shown = false;
    const sketched = line.sketch(sketchOf(ENDED)).then(() => (shown = true));
    line.tell({ kind: 'frame', epoch: line.epoch, frame: FRAME });
    await Promise.resolve();
    expect(shown).toBe(false);
    takeFrame();
    await sketched;
    await line.open(bytesOf(ENDED));
    expect(painted).toEqual(['picture time', 'frame 0', 'picture time']);
  });

  it('says that a sketch is done with when the whole trace comes before its frame', async () => {
    const { line } = openDesk();
    const sketched = line.sketch(sketchOf(ENDED));
    await line.open(bytesOf(ENDED));
    await expect(sketched).resolves.toBeUndefined();
  });

  it('lays no changes over a sketch', async () => {
    const { line } = openDesk();
    void line.sketch(sketchOf(ENDED));
    await expect(line.change([bytesOf(ENDED)])).rejects.toThrow('no trace is open');
  });
});

describe('the address of a typeface', () => {
  it('is whole, since a worker begins elsewhere than the sheet', () => {
    const src = 'url("./inter.woff2") format("woff2"), url(/b.woff2)';
    expect(absolute(src, 'https://page.test/assets/a.css')).toBe(
      'url("https://page.test/assets/inter.woff2") format("woff2"), url("https://page.test/b.woff2")',
    );
  });
});
