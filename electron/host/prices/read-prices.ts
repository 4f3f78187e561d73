/**
 * The prices that hold here: the dated snapshot that is part of the build, and `prices.json` of the data
 * directory, which belongs to the user and is never written. Nothing is ever fetched.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { readPriceTable } from '../../../core/analysis/cost/read-price-table.ts';
import { isJsonObject, type JsonObject } from '../../../core/model/json.ts';
import type { PricesState } from '../../../core/rpc/prices.ts';
import snapshotText from '../../../resources/prices/prices.json?raw';
import { isMissing, systemErrorCode } from '../system-error.ts';

export const PRICES_FILE = 'prices.json';

/** Never rejects: a file that cannot be read is a problem to be told, and the snapshot holds. */
export async function readPrices(dataDirectory: string): Promise<PricesState> {
  const path = join(dataDirectory, PRICES_FILE);
  const own = await readOwn(path);
  return { snapshot: readSnapshot(), path, ...own };
}

let snapshot: JsonObject | undefined;

/** Parsed when somebody asks first: most commands ask for no price. */
export function readSnapshot(): JsonObject {
  if (snapshot !== undefined) return snapshot;
  const value: unknown = JSON.parse(snapshotText);
  if (!isJsonObject(value)) throw new Error('The price snapshot of the build is no object.');
  return (snapshot = value);
}

type OwnPrices = Pick<PricesState, 'own' | 'ownId' | 'problems'>;

async function readOwn(path: string): Promise<OwnPrices> {
  try {
    const text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
    const own: unknown = JSON.parse(text);
    if (!isJsonObject(own)) return unusable('it holds no JSON object');
    const ownId = `own prices ${crc32(text).toString(16).padStart(8, '0')}`;
    const { problems } = readPriceTable(own, ownId);
    return { own, ownId, problems: problems.map((problem) => `${PRICES_FILE}: ${problem}`) };
  } catch (error) {
    if (isMissing(error)) return { own: null, ownId: '', problems: [] };
    if (error instanceof SyntaxError) return unusable('it is not valid JSON');
    return unusable(`it could not be read (${systemErrorCode(error) ?? 'unknown error'})`);
  }
}

function unusable(why: string): OwnPrices {
  return { own: null, ownId: '', problems: [`${PRICES_FILE} was passed over: ${why}.`] };
}
