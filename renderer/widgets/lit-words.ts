/**
 * Words that are lit wherever they stand in a part of the page. The browser paints them over the text as it is
 * (custom highlights), so nothing that draws text needs to know; only what would fold them away asks.
 */
import { getContext, setContext } from 'svelte';
import type { Attachment } from 'svelte/attachments';

const KEY = Symbol('lit words');
export const HIGHLIGHT = 'found-words';
/** More would be seen by nobody, and each is an object. */
const MOST = 2000;

type LitWords = () => RegExp | undefined;

export function setLitWords(words: LitWords): void {
  setContext(KEY, words);
}

/** What is lit here; undefined for nothing. */
export function getLitWords(): LitWords {
  // Set by setLitWords alone.
  return getContext<LitWords | undefined>(KEY) ?? (() => undefined);
}

/** True where a text holds any of them. */
export function holdsWords(pattern: RegExp | undefined, text: string): boolean {
  return pattern !== undefined && text.search(pattern) >= 0;
}

/** The first place of a value where any of them stands, as it stands there. */
export function findWords(pattern: RegExp | undefined, value: unknown): string | undefined {
  if (pattern === undefined) return undefined;
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string') {
      const [match] = next.matchAll(pattern);
      if (match !== undefined) return match[0];
    } else if (typeof next === 'object' && next !== null)
      for (const each of Object.values(next).reverse()) open.push(each);
  }
  return undefined;
}

/** Lights the words in an element, as it is and as it becomes. `key`: with another one the first place is shown again. */
export function lightWords(pattern: RegExp | undefined, key: string): Attachment<HTMLElement> {
  return (element) => {
    if (pattern === undefined || key === '' || !('highlights' in CSS)) return;
    const ranges: Range[] = [];
    let shown = false;
    let frame = 0;
    const light = (): void => {
      frame = 0;
      const highlight = CSS.highlights.get(HIGHLIGHT) ?? new Highlight();
      for (const range of ranges.splice(0)) highlight.delete(range);
      for (const range of findRanges(element, pattern)) {
        highlight.add(range);
        ranges.push(range);
      }
      CSS.highlights.set(HIGHLIGHT, highlight);
      if (shown || ranges.length === 0) return;
      shown = true;
      ranges[0]?.startContainer.parentElement?.scrollIntoView({ block: 'center' });
    };
    const observer = new MutationObserver(() => {
      frame ||= requestAnimationFrame(light);
    });
    observer.observe(element, { subtree: true, childList: true, characterData: true });
    light();
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      for (const range of ranges) CSS.highlights.get(HIGHLIGHT)?.delete(range);
    };
  };
}

/** What one writes in, and names above what they name. */
const NOT_LIT = 'textarea, input, select, header';

/** Within one text each: words that are broken over several elements stay dark. */
function findRanges(element: HTMLElement, pattern: RegExp): readonly Range[] {
  const ranges: Range[] = [];
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null && ranges.length < MOST; node = texts.nextNode()) {
    if (node.parentElement?.closest(NOT_LIT) !== null) continue;
    for (const match of (node.nodeValue ?? '').matchAll(pattern)) {
      const range = new Range();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      ranges.push(range);
    }
  }
  return ranges;
}
