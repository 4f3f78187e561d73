/**
 * A key for each trace, by which the digests of its records are made. A digest without its key says nothing, not even
 * to who guesses the content: so the keys are what an erasure destroys. They stand beside the log, not in it.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { appendFile, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../system-error.ts';

const FILE = 'audit-keys.txt';
const KEY_BYTES = 16;
const LINE = /^([0-9a-f]{32}) (.+)$/;

export class DigestKeys {
  readonly #path: string;
  readonly #keys: Map<string, string>;
  #fresh = '';

  private constructor(path: string, keys: Map<string, string>) {
    this.#path = path;
    this.#keys = keys;
  }

  static async open(dataDirectory: string): Promise<DigestKeys> {
    const path = join(dataDirectory, FILE);
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (isMissing(error)) return '';
      throw error;
    });
    const keys = text.split('\n').flatMap((line) => {
      const [, key, id] = LINE.exec(line) ?? [];
      return key === undefined || id === undefined ? [] : [[readId(id), key] as const];
    });
    return new DigestKeys(path, new Map(keys));
  }

  /** Of some bytes of a trace. */
  digest(traceId: string, parts: Iterable<Uint8Array>): string {
    let key = this.#keys.get(traceId);
    if (key === undefined) {
      key = randomBytes(KEY_BYTES).toString('hex');
      this.#keys.set(traceId, key);
      this.#fresh += writeLine(traceId, key);
    }
    const hmac = createHmac('sha256', Buffer.from(key, 'hex'));
    for (const part of parts) hmac.update(part);
    return hmac.digest('hex');
  }

  /** Writes the keys that are new. A key that a crash loses costs a digest that nobody can check. */
  async keep(): Promise<void> {
    const text = this.#fresh;
    this.#fresh = '';
    if (text !== '') await appendFile(this.#path, text, { mode: 0o600 });
  }

  has(traceId: string): boolean {
    return this.#keys.has(traceId);
  }

  /** Resolves when the keys are in no file any more. */
  async destroy(traceIds: Iterable<string>): Promise<void> {
    for (const id of traceIds) this.#keys.delete(id);
    this.#fresh = '';
    const text = [...this.#keys].map(([id, key]) => writeLine(id, key)).join('');
    const handle = await open(`${this.#path}.new`, 'w', 0o600);
    try {
      await handle.writeFile(text);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(`${this.#path}.new`, this.#path);
  }
}

/** Ids are of anybody's making: as JSON they stay on their line. */
function writeLine(traceId: string, key: string): string {
  return `${key} ${JSON.stringify(traceId)}\n`;
}

function readId(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
