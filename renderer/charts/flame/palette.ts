/** The tokens as colours that a canvas understands. Read anew when the theme changes. */

export interface Palette {
  /** In the order of the tokens that were asked for. */
  readonly bars: readonly string[];
  readonly kindInk: string;
  readonly background: string;
  readonly panel: string;
  readonly line: string;
  readonly ink: string;
  readonly muted: string;
  readonly faint: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly error: string;
  readonly font: string;
  readonly mono: string;
}

/** A canvas cannot resolve `light-dark()` or `var()`, so a probe inside `host` does. */
export function readPalette(host: HTMLElement, tokens: readonly string[]): Palette {
  const probe = document.createElement('i');
  host.append(probe);
  const style = getComputedStyle(probe);
  const colour = (token: string): string => {
    probe.style.color = `var(${token})`;
    return style.color;
  };
  const family = (token: string): string => {
    probe.style.fontFamily = `var(${token})`;
    return style.fontFamily;
  };
  const palette: Palette = {
    bars: tokens.map(colour),
    kindInk: colour('--k-ink'),
    background: colour('--bg'),
    panel: colour('--panel'),
    line: colour('--line'),
    ink: colour('--ink'),
    muted: colour('--muted'),
    faint: colour('--faint'),
    accent: colour('--accent'),
    accentSoft: colour('--accent-soft'),
    error: colour('--err'),
    font: family('--font'),
    mono: family('--mono'),
  };
  probe.remove();
  return palette;
}
