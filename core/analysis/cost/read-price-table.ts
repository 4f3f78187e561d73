/**
 * Reads a price table in the shape of `@pydantic/genai-prices`: our snapshot of it, or a person's own file. What
 * is wrong with one model is told in a sentence and leaves out that model alone.
 */
import { isJsonList, isJsonObject, stringAt, type Json, type JsonObject } from '../../model/json.ts';
import type { MatchRule, PricedModel, PriceProvider, PriceTable } from './price-table.ts';
import { readMatchRule } from './read-match-rule.ts';
import { readPrices } from './read-rates.ts';

export interface PriceTableReading {
  readonly table: PriceTable;
  /** Whole sentences, for whoever wrote the file. */
  readonly problems: readonly string[];
}

export function readPriceTable(value: Json, fallbackId: string): PriceTableReading {
  const problems: string[] = [];
  const head = isJsonObject(value) ? value : {};
  const listed = head['providers'];
  if (!isJsonList(listed)) problems.push('It must be an object with a list "providers".');
  const providers = (isJsonList(listed) ? listed : []).flatMap((each, i) => {
    if (isJsonObject(each) && stringAt(each, 'id')) return [readProvider(each, problems)];
    problems.push(`Provider ${String(i + 1)} of the list has no "id".`);
    return [];
  });
  const table = {
    id: stringAt(head, 'id') ?? fallbackId,
    date: stringAt(head, 'date') ?? '',
    providers,
  };
  return { table, problems };
}

function readProvider(said: JsonObject, problems: string[]): PriceProvider {
  const id = (stringAt(said, 'id') ?? '').toLowerCase();
  const models = said['models'];
  if (!isJsonList(models)) problems.push(`Provider ${id} has no list "models".`);
  const rule = (key: string): MatchRule | undefined => {
    if (said[key] === undefined) return undefined;
    const read = readMatchRule(said[key]);
    if (typeof read !== 'string') return read;
    problems.push(`Provider ${id} has a "${key}" ${read}.`);
    return undefined;
  };
  const fallbacks = said['fallback_model_providers'];
  return {
    id,
    name: stringAt(said, 'name') ?? id,
    providerMatch: rule('provider_match'),
    modelMatch: rule('model_match'),
    fallbacks: isJsonList(fallbacks) ? fallbacks.filter((each) => typeof each === 'string') : [],
    models: (isJsonList(models) ? models : []).flatMap((each, i) => {
      const model = readModel(each);
      if (typeof model !== 'string') return [model];
      const name = (isJsonObject(each) && stringAt(each, 'id')) || String(i + 1);
      problems.push(`Model ${name} of provider ${id} ${model}.`);
      return [];
    }),
  };
}

/** A model without a rule is matched by its id. */
function readModel(said: Json): PricedModel | string {
  if (!isJsonObject(said)) return 'is no object';
  const id = stringAt(said, 'id');
  if (id === undefined || id === '') return 'has no "id"';
  const match = readMatchRule(said['match'] ?? { equals: id });
  if (typeof match === 'string') return `has a "match" ${match}`;
  const prices = readPrices(said['prices']);
  if (typeof prices === 'string') return `has prices ${prices}`;
  return { id, match, prices };
}
