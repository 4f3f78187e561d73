/**
 * The page's own typefaces, for a worker: a worker has no style sheets, so it is told where each face lies
 * and loads it when a label needs it.
 */
export interface FontSource {
  readonly family: string;
  readonly src: string;
  readonly weight: string;
  readonly unicodeRange: string;
}

/** Every face that the page's style sheets name. */
export function findFontSources(sheets: Iterable<CSSStyleSheet>, base: string): readonly FontSource[] {
  const sources: FontSource[] = [];
  for (const sheet of sheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSFontFaceRule)) continue;
      const { style } = rule;
      sources.push({
        family: style.getPropertyValue('font-family').replaceAll(/["']/g, ''),
        src: absolute(style.getPropertyValue('src'), sheet.href ?? base),
        weight: style.getPropertyValue('font-weight') || 'normal',
        unicodeRange: style.getPropertyValue('unicode-range') || 'U+0-10FFFF',
      });
    }
  }
  return sources;
}

/** A worker's addresses begin elsewhere: what was relative to the sheet must be whole. */
export function absolute(src: string, base: string): string {
  return src.replaceAll(
    /url\(\s*["']?([^"')]+)["']?\s*\)/g,
    (_whole, url: string) => `url("${new URL(url, base).href}")`,
  );
}
