/** Reads the prices of one model: one set, or several with the days or the hours they hold. */
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { RATE_KEYS, type DatedPrices, type PriceCondition, type Rate, type RateName } from './price-table.ts';

const NAMES = Object.entries(RATE_KEYS) as [RateName, string][];

/** The prices, or what is wrong with them, as the end of a sentence that ends in `has prices`. */
export function readPrices(value: Json | undefined): readonly DatedPrices[] | string {
  if (isJsonObject(value)) return one(readRates(value), undefined);
  if (!isJsonList(value) || value.length === 0) return 'that are no object and no list of dated prices';
  const all: DatedPrices[] = [];
  for (const each of value) {
    if (!isJsonObject(each) || !isJsonObject(each['prices'])) return 'with an entry without "prices"';
    const when = each['constraint'] === undefined ? undefined : readCondition(each['constraint']);
    if (typeof when === 'string') return when;
    const read = one(readRates(each['prices']), when);
    if (typeof read === 'string') return read;
    all.push(...read);
  }
  return all;
}

function one(
  rates: DatedPrices['rates'] | string,
  when: PriceCondition | undefined,
): readonly DatedPrices[] | string {
  return typeof rates === 'string' ? rates : [{ when, rates }];
}

function readRates(value: JsonObject): DatedPrices['rates'] | string {
  const rates: Partial<Record<RateName, Rate>> = {};
  for (const [name, key] of NAMES) {
    const said = value[key];
    if (said === undefined) continue;
    const rate = readRate(said);
    if (rate === undefined) return `of which "${key}" is no price in dollars`;
    rates[name] = rate;
  }
  return rates;
}

function readRate(said: Json): Rate | undefined {
  if (isPrice(said)) return { usd: said, tiers: [] };
  if (!isJsonObject(said) || !isPrice(said['base']) || !isJsonList(said['tiers'])) return undefined;
  const tiers: { above: number; usd: number }[] = [];
  for (const tier of said['tiers']) {
    if (!isJsonObject(tier) || !isPrice(tier['start']) || !isPrice(tier['price'])) return undefined;
    tiers.push({ above: tier['start'], usd: tier['price'] });
  }
  return { usd: said['base'], tiers: tiers.sort((a, b) => a.above - b.above) };
}

function isPrice(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function readCondition(said: Json): PriceCondition | string {
  if (!isJsonObject(said)) return 'with a constraint that is no object';
  const { start_date: date, start_time: start, end_time: end } = said;
  if (typeof date === 'string') {
    const fromMs = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
    if (Number.isNaN(fromMs)) return `with "${date.slice(0, 40)}" for a day such as 2026-01-31`;
    return { kind: 'since', date, fromUs: fromMs * 1000 };
  }
  if (typeof start === 'string' && typeof end === 'string') {
    const [from, to] = [readSecond(start), readSecond(end)];
    if (from === undefined || to === undefined) return 'with hours that are not such as 16:30:00Z';
    return { kind: 'daily', text: `${start.slice(0, 5)} to ${end.slice(0, 5)} UTC`, from, to };
  }
  return 'with a constraint without start_date, or start_time and end_time';
}

const DAY = 86_400;

/** Seconds of the day in UTC. */
function readSecond(text: string): number | undefined {
  const [, hours, minutes, seconds, sign, aside, asideMinutes] =
    /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/.exec(text) ?? [];
  if (hours === undefined) return undefined;
  const second = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  const shift = Number(aside ?? 0) * 3600 + Number(asideMinutes ?? 0) * 60;
  return (second - (sign === '-' ? -shift : shift) + DAY) % DAY;
}
