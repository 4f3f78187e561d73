/** A flame graph as a picture file: every bar that is seen at this width, with its name where it fits. */
import { at } from '../../../core/model/assert.ts';
import { ROW_PX, BAR_PX } from './geometry.ts';
import type { CorpusPicture } from './corpus-picture.ts';

/** Colours as any reader of SVG knows them. */
export interface FlameColours {
  /** By code of the kind. */
  readonly bars: readonly string[];
  readonly ink: string;
  readonly background: string;
}

const AROUND_PX = 12;
const LEAST_PX = 0.4;
const LETTER_PX = 6.3;
const FONT = 'Inter, system-ui, sans-serif';

export function writeFlameSvg(
  { model, picture }: CorpusPicture,
  colours: FlameColours,
  width: number,
): string {
  const height = picture.rows * ROW_PX + 2 * AROUND_PX;
  const scale = (width - 2 * AROUND_PX) / (picture.lastKnown > 0 ? picture.lastKnown : 1);
  const parts: string[] = [];
  for (let bar = 0; bar < picture.count; bar++) {
    const wide = (at(picture.end, bar) - at(picture.start, bar)) * scale;
    if (wide < LEAST_PX) continue;
    const x = AROUND_PX + at(picture.start, bar) * scale;
    const y = AROUND_PX + at(picture.row, bar) * ROW_PX;
    const name = model.table.name(bar);
    const fill = colours.bars[at(model.table.columns.kind, bar)] ?? colours.background;
    const box = `x="${round(x)}" y="${round(y)}" width="${round(Math.max(LEAST_PX, wide - 0.6))}" height="${String(BAR_PX)}"`;
    const letters = Math.floor((wide - 10) / LETTER_PX);
    const label =
      letters < 2
        ? ''
        : `<text x="${round(x + 5)}" y="${round(y + 15)}" fill="${colours.ink}">${escapeXml(cutName(name, letters))}</text>`;
    parts.push(`<g><title>${escapeXml(name)}</title><rect ${box} rx="2" fill="${fill}"/>${label}</g>`);
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}" ` +
    `viewBox="0 0 ${String(width)} ${String(height)}" font-family="${FONT}" font-size="12">` +
    `<rect width="100%" height="100%" fill="${colours.background}"/>${parts.join('')}</svg>`
  );
}

/** Never between the two halves of one letter. */
function cutName(name: string, letters: number): string {
  if (name.length <= letters) return name;
  return `${name.slice(0, letters - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function round(px: number): string {
  return String(Math.round(px * 100) / 100);
}

// Letters that no XML may hold, whatever stands around them.
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function escapeXml(text: string): string {
  return text
    .replace(FORBIDDEN, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
