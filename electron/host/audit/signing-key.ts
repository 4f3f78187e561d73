/**
 * Signs the head of the log with a key of the data directory, made when somebody first asks. It shows that a head was
 * made with this key; who keeps the public key somewhere else can tell a log that was written anew.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SignedHead } from '../../../core/rpc/audit.ts';
import { canonicalJson } from '../../../core/model/json.ts';
import { isMissing } from '../system-error.ts';

const FILE = 'audit-signing.key';

export interface SigningKey {
  sign(head: Omit<SignedHead, 'signature'>): SignedHead;
  /** PEM. */
  readonly publicKey: string;
}

export async function openSigningKey(dataDirectory: string): Promise<SigningKey> {
  const path = join(dataDirectory, FILE);
  const known = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  return keyOf(known === undefined ? await makeKey(path) : createPrivateKey(known));
}

async function makeKey(path: string): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeFile(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  return privateKey;
}

function keyOf(privateKey: KeyObject): SigningKey {
  return {
    sign: (head) => {
      const signed = canonicalJson({ ...head });
      return { ...head, signature: sign(null, Buffer.from(signed), privateKey).toString('base64') };
    },
    publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
  };
}
