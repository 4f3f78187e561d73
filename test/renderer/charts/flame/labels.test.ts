/** What is written into bars stays inside them, whatever its letters. */
import { describe, expect, it } from 'vitest';
import { LabelPainter } from '../../../../renderer/charts/flame/labels.ts';
import type { Palette } from '../../../../renderer/charts/flame/palette.ts';

const WIDE_PX = 12;
const NARROW_PX = 3;

/** A font in which a W is four times as wide as every other letter, and controls take no room. */
function widthOf(text: string): number {
  const letters = text.replace(/[\u2068\u2069]/g, '');
  const wide = letters.replace(/[^W]/g, '').length;
  return wide * WIDE_PX + (letters.length - wide) * NARROW_PX;
}

function write(name: string, width: number): readonly string[] {
  const written: string[] = [];
  const context = {
    measureText: (text: string) => ({ width: widthOf(text) }),
    fillText: (text: string) => written.push(text),
  } as unknown as CanvasRenderingContext2D;
  const painter = new LabelPainter();
  painter.begin(context, { font: 'test' } as unknown as Palette);
  painter.paint(context, { name, small: '1 s' }, { x: 0, width, middle: 8 }, 'black');
  return written;
}

describe('a label', () => {
  it('is cut so that it ends inside its bar, also where its wide letters come first', () => {
    for (const name of [
      `${'W'.repeat(40)}${'i'.repeat(160)}`,
      'W'.repeat(30),
      'i'.repeat(300),
      'WiWiWiWiWi',
    ]) {
      for (let width = 30; width < 400; width += 7) {
        for (const text of write(name, width)) expect(widthOf(text)).toBeLessThanOrEqual(width - 12);
      }
    }
  });

  it('uses the room it has', () => {
    const [text = ''] = write('i'.repeat(300), 312);
    expect(widthOf(text)).toBeGreaterThan(290);
  });

  it('never holds half of a surrogate pair', () => {
    for (let width = 30; width < 100; width++) {
      for (const text of write('\u{1f6d2}'.repeat(40), width))
        expect(text).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
    }
  });
});
