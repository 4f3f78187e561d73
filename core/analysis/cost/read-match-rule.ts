/** Reads a rule of the price table: `{"starts_with":"gpt-"}`, or `or` and `and` of further rules. */
import { isJsonList, isJsonObject, type Json } from '../../model/json.ts';
import type { MatchRule } from './price-table.ts';

const MAX_DEPTH = 8;

/** The rule, or what is wrong with it, as the end of a sentence that ends in `a "match"`. */
export function readMatchRule(value: Json | undefined, depth = 0): MatchRule | string {
  if (!isJsonObject(value)) return 'that is no object such as {"equals":"my-model"}';
  const [key, ...others] = Object.keys(value);
  const said = key === undefined ? undefined : value[key];
  if (key === undefined || others.length > 0) return 'that has not exactly one key';
  switch (key) {
    case 'equals':
    case 'starts_with':
    case 'ends_with':
    case 'contains':
      if (typeof said !== 'string' || said === '') return `without a text for "${key}"`;
      return { kind: key, text: said.toLowerCase() };
    case 'regex':
      return readPattern(said);
    case 'or':
    case 'and':
      if (!isJsonList(said) || said.length === 0) return `without a list of rules for "${key}"`;
      return depth === MAX_DEPTH ? 'that is nested too deep' : readAll(key, said, depth);
    default:
      return `with "${key.slice(0, 40)}", which is none of equals, starts_with, ends_with, contains, regex, or, and`;
  }
}

function readPattern(said: Json | undefined): MatchRule | string {
  if (typeof said !== 'string') return 'without a text for "regex"';
  try {
    return { kind: 'regex', pattern: new RegExp(said) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return `with an expression that cannot be read: ${error.message}`;
  }
}

function readAll(kind: 'or' | 'and', said: readonly Json[], depth: number): MatchRule | string {
  const rules: MatchRule[] = [];
  for (const each of said) {
    const rule = readMatchRule(each, depth + 1);
    if (typeof rule === 'string') return rule;
    rules.push(rule);
  }
  return { kind, rules };
}
