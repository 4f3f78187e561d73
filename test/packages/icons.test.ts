/** The icons that were drawn from the SVGs: whole containers, with the sizes that each system looks for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from './run-tool.ts';

const PNG = '89504e470d0a1a0a';
const read = (name: string): Buffer => readFileSync(join(ROOT, 'resources', 'icons', name));

/** The side of a square PNG. */
function sideOf(png: Buffer): number {
  expect(png.subarray(0, 8).toString('hex')).toBe(PNG);
  expect(png.readUInt32BE(16)).toBe(png.readUInt32BE(20));
  return png.readUInt32BE(16);
}

it('PNGs are as large as their names say', () => {
  for (const side of [16, 32, 48, 64, 128, 256, 512]) {
    const name = `${String(side)}x${String(side)}.png`;
    expect([name, sideOf(read(name))]).toEqual([name, side]);
  }
  expect(['tray.png', 'trayTemplate.png'].map((name) => sideOf(read(name)))).toEqual([16, 16]);
  expect(['tray@2x.png', 'trayTemplate@2x.png'].map((name) => sideOf(read(name)))).toEqual([32, 32]);
});

it('the icon of Windows holds the sizes of Explorer', () => {
  const ico = read('icon.ico');
  const entries = Array.from({ length: ico.readUInt16LE(4) }, (_, i) => {
    const at = 6 + i * 16;
    const from = ico.readUInt32LE(at + 12);
    return [ico.readUInt8(at) || 256, sideOf(ico.subarray(from, from + ico.readUInt32LE(at + 8)))];
  });
  expect(entries).toEqual([16, 24, 32, 48, 64, 256].map((side) => [side, side]));
});

it('the icon of macOS holds every size up to 1024, and ends where it says', () => {
  const icns = read('icon.icns');
  expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
  const parts: Record<string, number> = {};
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    parts[icns.toString('latin1', at, at + 4)] = sideOf(
      icns.subarray(at + 8, at + icns.readUInt32BE(at + 4)),
    );
  }
  expect(parts).toEqual({
    ic11: 32,
    ic12: 64,
    ic07: 128,
    ic08: 256,
    ic13: 256,
    ic09: 512,
    ic14: 512,
    ic10: 1024,
  });
});
