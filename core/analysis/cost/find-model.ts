/**
 * Which entry of a price table a call of a model means. A model no entry knows is unpriced: nothing is guessed
 * from names that merely look alike.
 */
import { meetsRule } from './match-rule.ts';
import type { PricedModel, PriceProvider, PriceTable } from './price-table.ts';

export interface FoundModel {
  readonly table: PriceTable;
  readonly provider: PriceProvider;
  readonly model: PricedModel;
}

/** What the SDK's gateways write before a model: `openai/gpt-5`, `openai:gpt-5`. */
const PREFIX = /^([\w.-]+)[/:](.+)$/;
/** How Bedrock names models: `eu.anthropic.claude-…`. */
const BEDROCK =
  /^(?:[a-z-]{2,6}\.)?(?:ai21|amazon|anthropic|cohere|deepseek|meta|mistral|openai|qwen|writer)\./;

export function findModel(
  table: PriceTable,
  model: string,
  provider: string | undefined,
): FoundModel | undefined {
  const name = model.trim().toLowerCase();
  const named = provider === undefined ? undefined : findProvider(table, provider);
  if (named !== undefined) return findIn(table, named, name) ?? findNamedBefore(table, name);
  const owner = table.providers.find(({ modelMatch }) => modelMatch && meetsRule(modelMatch, name));
  const owned = owner && findIn(table, owner, name);
  if (owned !== undefined) return owned;
  const before = findNamedBefore(table, name);
  if (before !== undefined) return before;
  const bedrock = BEDROCK.test(name) ? findProvider(table, 'aws') : undefined;
  return bedrock && findIn(table, bedrock, name);
}

/**
 * What a gateway sells under its maker's name. A provider that is known and does not list the model does not sell it
 * at another's price, unless the name itself says whose it is: instrumentations name the client that was used.
 */
function findNamedBefore(table: PriceTable, name: string): FoundModel | undefined {
  const [, prefix, rest] = PREFIX.exec(name) ?? [];
  const before = prefix === undefined ? undefined : findProvider(table, prefix);
  return before === undefined || rest === undefined ? undefined : findIn(table, before, rest);
}

/** In a person's own table a model without a known provider is looked for with all of them. */
export function findOwnModel(
  table: PriceTable,
  model: string,
  provider: string | undefined,
): FoundModel | undefined {
  const name = model.trim().toLowerCase();
  const named = provider === undefined ? undefined : findProvider(table, provider);
  for (const each of named === undefined ? table.providers : [named]) {
    const found = findIn(table, each, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What OpenTelemetry and its instrumentations call a provider, where the table's own rules would take it for another. */
const ALIASES: readonly (readonly [RegExp, string])[] = [
  [/^az(ure)?\b|^azure_|[._-]azure\b/, 'azure'],
  [/^x[._-]?ai$/, 'x-ai'],
];

function findProvider({ providers }: PriceTable, name: string): PriceProvider | undefined {
  const said = name.trim().toLowerCase();
  const id = ALIASES.find(([pattern]) => pattern.test(said))?.[1] ?? said;
  return (
    providers.find((each) => each.id === id) ??
    providers.find(({ providerMatch }) => providerMatch && meetsRule(providerMatch, id))
  );
}

function findIn(table: PriceTable, provider: PriceProvider, name: string): FoundModel | undefined {
  const dashed = name.replace(PACKED_DATE, '-$1-$2-$3');
  for (const each of dashed === name ? [name] : [name, dashed]) {
    for (const whose of [provider, ...provider.fallbacks.flatMap((id) => findProvider(table, id) ?? [])]) {
      const model = whose.models.find(({ match }) => meetsRule(match, each));
      if (model !== undefined) return { table, provider: whose, model };
    }
  }
  return undefined;
}

/** `-20250807` at the end of a part of the name is the day `-2025-08-07`. */
const PACKED_DATE = /-(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[-:]|$)/g;
