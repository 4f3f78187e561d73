/** Search inside a trace: which spans hold every word, in their name, agent, model, target or kind. */
import { at } from '../../../core/model/assert.ts';
import { KIND_DEFINITIONS } from '../../../core/model/kinds/registry.ts';
import { kindOf, SPAN_KINDS } from '../../../core/model/span-kind.ts';
import type { FlameModel } from './model.ts';

export interface FoundSpans {
  /** 1 by span that matches. */
  readonly found: Uint8Array;
  readonly count: number;
}

const MOST_WORDS = 30;

/** undefined where nothing is asked. Each text is looked at once, however many spans have it. */
export function findSpans(
  { table, count }: Pick<FlameModel, 'table' | 'count'>,
  query: string,
): FoundSpans | undefined {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  if (words.length === 0) return undefined;
  const all = 2 ** words.length - 1;
  const wordsIn = (text: string): number => {
    const low = text.toLowerCase();
    return words.reduce((mask, word, i) => (low.includes(word) ? mask | (1 << i) : mask), 0);
  };
  const inString = Uint32Array.from(table.strings.texts(), wordsIn);
  const inKind = SPAN_KINDS.map((kind) => wordsIn(`${kind} ${KIND_DEFINITIONS[kind].label}`));
  const { name, agent, model, target, kind } = table.columns;
  const found = new Uint8Array(count);
  let matches = 0;
  for (let span = 0; span < count; span++) {
    const mask =
      at(inString, at(name, span)) |
      at(inString, at(agent, span)) |
      at(inString, at(model, span)) |
      at(inString, at(target, span)) |
      (inKind[SPAN_KINDS.indexOf(kindOf(at(kind, span)))] ?? 0);
    if (mask !== all) continue;
    found[span] = 1;
    matches++;
  }
  return { found, count: matches };
}

/** How many matches stand before a span in the order of the table, and at it: its number among them; 0: it is none. */
export function matchNumber(order: Uint32Array, found: Uint8Array, span: number): number {
  if (found[span] !== 1) return 0;
  let number = 0;
  for (const other of order) {
    if (found[other] === 1) number++;
    if (other === span) break;
  }
  return number;
}
