/** JSON inside a string, which conventions are full of: parsed with care, because the text is anybody's. */
import type { Json } from '../../model/json.ts';

/** Deeper than any message; what follows may walk it by recursion. */
const MAX_EMBEDDED_DEPTH = 200;

/** The object or list that the text writes; undefined for any other text. */
export function parseEmbedded(text: string): Json | undefined {
  const first = text.trimStart()[0];
  if ((first !== '{' && first !== '[') || isTooDeep(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    // It only looked like JSON.
    return undefined;
  }
}

/** Brackets inside strings are counted too: too careful is no harm. */
function isTooDeep(text: string): boolean {
  if (text.length < 2 * MAX_EMBEDDED_DEPTH || !hasManyBrackets(text)) return false;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5b || code === 0x7b) depth++;
    else if (code === 0x5d || code === 0x7d) depth--;
    if (depth > MAX_EMBEDDED_DEPTH) return true;
  }
  return false;
}

/** Most texts have too few to nest deep, and the native search finds them sooner than a walk. */
function hasManyBrackets(text: string): boolean {
  let found = 0;
  for (const bracket of '[{') {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      if (++found > MAX_EMBEDDED_DEPTH) return true;
    }
  }
  return false;
}
