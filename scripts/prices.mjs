// `npm run prices -- 2026-09-23`: writes resources/prices/prices.json anew from the installed package of prices.
// The day is that of the package's version, which the package itself does not tell.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitForUpdate } from '@pydantic/genai-prices';
import { ROOT } from './paths.mjs';

/** What a call is reckoned by. A model without any of these stays, so that no broader rule takes its name. */
const RATES = [
  'input_mtok',
  'cache_read_mtok',
  'cache_write_mtok',
  'output_mtok',
  'output_reasoning_mtok',
  'requests_kcount',
];

const [date = ''] = process.argv.slice(2);
if (!/^\d{4}-\d\d-\d\d$/.test(date)) {
  process.stderr.write('Name the day on which the installed version came out, such as 2026-09-23.\n');
  process.exit(2);
}
const folder = join(ROOT, 'node_modules', '@pydantic', 'genai-prices');
const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const licence = readFileSync(join(folder, 'LICENSE'), 'utf8');
// Without an update this is the list that came with the package.
const providers = await waitForUpdate();

const lines = providers.map(writeProvider);
const head = {
  id: `genai-prices ${version}`,
  date,
  source: `${name} ${version}`,
  licence: `MIT, ${/^Copyright.*$/m.exec(licence)?.[0] ?? ''}`,
};
const target = join(ROOT, 'resources', 'prices', 'prices.json');
mkdirSync(join(ROOT, 'resources', 'prices'), { recursive: true });
writeFileSync(target, `${JSON.stringify(head).slice(0, -1)},"providers":[\n${lines.join(',\n')}\n]}\n`);
process.stdout.write(`${target}: ${lines.length} providers\n`);

/** One line a model, so that a change of prices is a change of lines. */
function writeProvider({ id, name: shown, provider_match, model_match, fallback_model_providers, models }) {
  const own = JSON.stringify({ id, name: shown, provider_match, model_match, fallback_model_providers });
  return `${own.slice(0, -1)},"models":[\n${models.map((model) => JSON.stringify(thinModel(model))).join(',\n')}]}`;
}

function thinModel({ id, match, prices }) {
  const dated = Array.isArray(prices) ? prices : [{ prices }];
  const thin = dated.map(({ constraint, prices: rates }) => ({ constraint, prices: thinRates(rates) }));
  const [first] = thin;
  return { id, match, prices: thin.length === 1 && !first.constraint ? first.prices : thin };
}

function thinRates(rates) {
  return Object.fromEntries(RATES.flatMap((key) => (rates[key] === undefined ? [] : [[key, rates[key]]])));
}
