/** Where the words of a search stand in what a span holds: inputs, outputs, arguments, results, errors. */
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { textPattern } from './word-patterns.ts';

/** One place, with what stands around it. */
export interface FoundText {
  /** Such as `input[2].content`. */
  readonly path: string;
  readonly before: string;
  readonly match: string;
  readonly after: string;
}

export interface FoundWords {
  /** The first ones, at most `MAX_TOLD`. */
  readonly texts: readonly FoundText[];
  /** Texts of the span in which any of the words stands. */
  readonly count: number;
}

/** What is said of the span itself, which the query language asks for: not what was said in it. */
const NOT_SEARCHED = new Set([
  ...['type', 'name', 'model', 'usage', 'response_id'],
  ...['tools', 'handoffs', 'output_type', 'from_agent', 'to_agent', 'server'],
]);
const MAX_TOLD = 3;
const AROUND = 90;
/** JSON in a string of JSON, and so on: what is written deeper is found as it stands. */
const MAX_INSIDE = 4;

export class WordFinder {
  readonly #patterns: readonly RegExp[];

  constructor(pieces: readonly string[]) {
    this.#patterns = pieces.map(textPattern);
  }

  /** Undefined where one of the pieces stands nowhere in it. */
  find(data: JsonObject, error: Json): FoundWords | undefined {
    const missing = new Set(this.#patterns);
    const texts: FoundText[] = [];
    let count = 0;
    walkTexts(data, error, (path, text, known) => {
      let first: RegExpExecArray | undefined;
      const here = new Set(known);
      for (const pattern of this.#patterns) {
        if (here.has(pattern)) continue;
        pattern.lastIndex = 0;
        const match = pattern.exec(text);
        if (match === null) continue;
        here.add(pattern);
        missing.delete(pattern);
        first ??= match;
      }
      if (first !== undefined) {
        count++;
        if (texts.length < MAX_TOLD) texts.push({ path, ...cutAround(text, first.index, first[0].length) });
      }
      return here;
    });
    return missing.size === 0 && count > 0 ? { texts, count } : undefined;
  }
}

/** Told of every text, and of what was found in the text that it stands in; answers with all that is found by now. */
type VisitText = (path: string, text: string, known: ReadonlySet<RegExp>) => ReadonlySet<RegExp>;

interface Open {
  readonly path: string;
  readonly value: Json;
  /** How many texts it stands in, and what was found in them. */
  readonly inside: number;
  readonly known: ReadonlySet<RegExp>;
}

/** Every string, in order; one that is JSON with escapes is told as it stands and then by what it says. */
function walkTexts(data: JsonObject, error: Json, visit: VisitText): void {
  const none: Omit<Open, 'path' | 'value'> = { inside: 0, known: new Set() };
  const searched = Object.entries(data).filter(([key]) => !NOT_SEARCHED.has(key));
  const open: Open[] = [
    { path: 'error', value: error, ...none },
    ...searched.map(([path, value]) => ({ path, value, ...none })).reverse(),
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, value, ...around } = next;
    if (typeof value === 'string') {
      const known = visit(path, value, around.known);
      const held = around.inside < MAX_INSIDE ? openText(value) : undefined;
      if (held !== undefined) open.push({ path, value: held, inside: around.inside + 1, known });
    } else if (isJsonList(value)) {
      for (let i = value.length - 1; i >= 0; i--)
        open.push({ path: `${path}[${String(i)}]`, value: value[i] ?? null, ...around });
    } else if (isJsonObject(value)) {
      for (const [key, field] of Object.entries(value).reverse())
        open.push({ path: `${path}.${key}`, value: field, ...around });
    }
  }
}

/** What a string of JSON says, where that is not what stands there. */
function openText(text: string): Json | undefined {
  if (!text.includes('\\') || !/^\s*[{["]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function cutAround(text: string, from: number, length: number): Omit<FoundText, 'path'> {
  const to = from + length;
  const [begin, end] = [Math.max(0, from - AROUND), Math.min(text.length, to + AROUND)];
  return {
    before: `${begin > 0 ? '…' : ''}${wholeLetters(text.slice(begin, from))}`,
    match: text.slice(from, to),
    after: `${wholeLetters(text.slice(to, end))}${end < text.length ? '…' : ''}`,
  };
}

/** Without half a letter at either end. */
function wholeLetters(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
