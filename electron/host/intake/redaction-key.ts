/** The key of pseudonyms: made once, readable by its owner alone. Without it no pseudonym leads back to its value. */
import { createHmac, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../system-error.ts';

const FILE = 'redaction.key';
const KEY_BYTES = 32;

/** The key in hex, from its file or new. */
export async function readRedactionKey(dataDirectory: string): Promise<string> {
  const path = join(dataDirectory, FILE);
  const known = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return '';
    throw error;
  });
  if (/^[0-9a-f]{64}$/.test(known.trim())) return known.trim();
  const key = randomBytes(KEY_BYTES).toString('hex');
  await writeFile(path, `${key}\n`, { mode: 0o600 });
  return key;
}

export function hashWith(key: string): (text: string) => string {
  const secret = Buffer.from(key, 'hex');
  return (text) => createHmac('sha256', secret).update(text).digest('hex');
}
