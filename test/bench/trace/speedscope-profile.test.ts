import { describe, expect, it } from 'vitest';
import { nest, writeProfile, type NamedSpan } from './speedscope-profile.ts';

function draw(spans: readonly NamedSpan[]): string {
  return [...nest(spans)]
    .map(({ isOpen, name, atUs }) => `${isOpen ? '+' : '-'}${name}${String(atUs)}`)
    .join(' ');
}

describe('the profile that speedscope is given', () => {
  it('opens and closes nested spans in order', () => {
    const spans = [
      { name: 'a', startUs: 0, endUs: 9 },
      { name: 'b', startUs: 1, endUs: 4 },
      { name: 'c', startUs: 5, endUs: 9 },
    ];
    expect(draw(spans)).toBe('+a0 +b1 -b4 +c5 -c9 -a9');
  });

  it('ends a span that ran beside the next where that begins', () => {
    const spans = [
      { name: 'a', startUs: 0, endUs: 9 },
      { name: 'b', startUs: 1, endUs: 6 },
      { name: 'c', startUs: 3, endUs: 8 },
    ];
    expect(draw(spans)).toBe('+a0 +b1 -b3 +c3 -c8 -a9');
  });

  it('holds every span once, with times from zero on', () => {
    const spans = [
      { name: 'b', startUs: 103, endUs: 104 },
      { name: 'a', startUs: 100, endUs: 110 },
    ];
    const file = JSON.parse([...writeProfile(spans)].join('\n')) as {
      shared: { frames: unknown[] };
      profiles: [{ endValue: number; events: { type: string; at: number }[] }];
    };
    const [{ events, endValue }] = file.profiles;
    expect(file.shared.frames).toHaveLength(2);
    expect(events.filter(({ type }) => type === 'O').map(({ at }) => at)).toEqual([0, 3]);
    expect(events).toHaveLength(4);
    expect(endValue).toBe(10);
  });
});
