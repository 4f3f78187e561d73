#!/usr/bin/env node
/**
 * Verifies an audit log of Tracebench. It needs nothing but Node 20 or newer, and nothing of Tracebench:
 *
 *   node verify-audit.mjs FILE-OR-FOLDER... [--head HASH | --head SIGNED-HEAD.json] [--key PUBLIC-KEY.pem]
 *
 * A log is a folder of files 000001.jsonl, 000002.jsonl, ... Each line is one record as canonical JSON (RFC 8785):
 * `seq` counts from 1 without a gap, `prev` is the `hash` of the record before (64 zeros in the first), and `hash` is
 * the SHA-256, in hex, of the canonical JSON of the record without `hash`. So a record that is changed, taken out, put
 * in or moved breaks the chain there. A chain cannot show by itself that its end was cut off, or that all of it was
 * written anew: give the hash, or the signed head, that was kept somewhere else (`--head`).
 *
 * Exit 0: whole. 1: something is wrong; the first record that is wrong is named by its index, counted from 0.
 * 2: called wrongly, or nothing to read.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const NO_PREVIOUS = '0'.repeat(64);

const say = (text) => process.stdout.write(`${text}\n`);
const complain = (text) => process.stderr.write(`${text}\n`);

/** RFC 8785: fields sorted by UTF-16 code units, numbers and strings as ECMAScript writes them, no white space. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.keys(value).sort();
    return `{${fields.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

export function hashOf(record) {
  const rest = { ...record };
  delete rest.hash;
  return createHash('sha256').update(canonical(rest)).digest('hex');
}

/** Judges records in their order. `head`: a hash that must be among them, and `seq` of its record where it is known. */
export class ChainVerifier {
  records = 0;
  hash = NO_PREVIOUS;
  #head;
  #seen = false;

  constructor(head) {
    this.#head = head;
    this.#seen = head === undefined;
  }

  /** What is wrong with the next line; undefined where nothing is. */
  take(line) {
    const fault = this.#judge(line);
    if (fault === undefined) this.records++;
    return fault;
  }

  /** What is wrong with the whole, once every line was taken. */
  end() {
    if (this.#seen) return undefined;
    const { seq, hash } = this.#head;
    return seq !== undefined && seq > this.records
      ? `the log ends with record ${this.records}; the given head is record ${seq}: its end was cut off`
      : `the log has no record with the hash ${hash}: its end was cut off, or all of it was written anew`;
  }

  #judge(line) {
    let record;
    try {
      record = JSON.parse(line);
    } catch {
      return 'the line is no JSON';
    }
    if (typeof record !== 'object' || record === null || Array.isArray(record))
      return 'the line is no record';
    if (canonical(record) !== line) return 'the line is not canonical JSON: it was changed';
    if (record.seq !== this.records + 1) {
      return `its seq is ${JSON.stringify(record.seq)} and should be ${this.records + 1}: a record is missing, added or moved`;
    }
    if (record.prev !== this.hash) return 'its prev is not the hash of the record before';
    if (record.hash !== hashOf(record)) return 'its hash is not that of its content: it was changed';
    this.hash = record.hash;
    if (record.hash === this.#head?.hash) {
      const { seq } = this.#head;
      if (seq !== undefined && seq !== record.seq)
        return `it has the hash of the given head, which is record ${seq}`;
      this.#seen = true;
    }
    return undefined;
  }
}

/** The files of a log in their order: those of a folder by name, or the files themselves. */
export function listLogFiles(paths) {
  return paths.flatMap((path) => {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path).filter((name) => /^\d{6,}\.jsonl$/.test(name));
    return names
      .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
      .map((name) => join(path, name));
  });
}

/**
 * Answers `{ok, records, head}`, or what is wrong: `{ok, records, head, index, file?, line?, message}`. `lastBytes`: how
 * much of the last file counts, for who asks while the log is written to.
 */
export async function verifyLog(paths, { head, lastBytes } = {}) {
  const verifier = new ChainVerifier(head);
  const bad = (more) => ({ ok: false, records: verifier.records, head: verifier.hash, ...more });
  const files = listLogFiles(paths);
  for (const file of files) {
    let number = 0;
    for await (const { text, ended } of readLines(file, file === files.at(-1) ? lastBytes : undefined)) {
      number++;
      const fault = ended ? verifier.take(text) : 'the line was not written to its end';
      if (fault !== undefined) return bad({ index: verifier.records, file, line: number, message: fault });
    }
  }
  const fault = verifier.end();
  if (fault !== undefined) return bad({ index: verifier.records, message: fault });
  return { ok: true, records: verifier.records, head: verifier.hash };
}

/** Lines end with a line feed and nothing else; the last is told also where it does not end. */
async function* readLines(file, bytes = Infinity) {
  if (bytes === 0) return;
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  for await (const chunk of createReadStream(file, { end: bytes - 1 })) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop();
    for (const text of lines) yield { text, ended: true };
  }
  if (rest !== '') yield { text: rest, ended: false };
}

/** True where a signed head, `{seq, hash, at, journalId, signature}`, was signed with this key (PEM, Ed25519). */
export function isSigned(signedHead, publicKey) {
  const { signature, ...signed } = signedHead;
  const key = createPublicKey(publicKey);
  return (
    typeof signature === 'string' &&
    key.asymmetricKeyType === 'ed25519' &&
    verify(null, Buffer.from(canonical(signed)), key, Buffer.from(signature, 'base64'))
  );
}

/** Reads `--head`: a hash, or a file with a signed head. Throws an Error with a sentence. */
export function readHead(text, publicKey) {
  if (/^[0-9a-f]{64}$/.test(text)) {
    if (publicKey !== undefined) throw new Error('--key needs a signed head: give its file with --head.');
    return { hash: text };
  }
  const head = JSON.parse(readFileSync(text, 'utf8'));
  if (publicKey !== undefined && !isSigned(head, publicKey)) {
    throw new Error(`${text} was not signed with this key.`);
  }
  return { hash: head.hash, seq: head.seq };
}

async function main(words) {
  const paths = [];
  const options = {};
  for (let i = 0; i < words.length; i++) {
    if (words[i] === '--head' || words[i] === '--key') options[words[i].slice(2)] = words[++i];
    else paths.push(words[i]);
  }
  if (
    paths.length === 0 ||
    Object.values(options).includes(undefined) ||
    ('key' in options && !('head' in options))
  ) {
    complain('Usage: node verify-audit.mjs FILE-OR-FOLDER... [--head HASH-OR-FILE] [--key PUBLIC-KEY.pem]');
    return 2;
  }
  let head;
  let answer;
  try {
    if (listLogFiles(paths).length === 0) throw new Error('There is no log: no file 000001.jsonl.');
    const key = options.key === undefined ? undefined : readFileSync(options.key, 'utf8');
    if (options.head !== undefined) head = readHead(options.head, key);
    answer = await verifyLog(paths, { head });
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
    return 2;
  }
  if (answer.ok) {
    say(`Whole: ${answer.records} records, head ${answer.head}.`);
    return 0;
  }
  const where = answer.file === undefined ? '' : ` (${answer.file}, line ${answer.line})`;
  say(`Not whole at index ${answer.index}${where}: ${answer.message}.`);
  return 1;
}

const started = process.argv[1];
if (
  started !== undefined &&
  import.meta.url === pathToFileURL(resolve(started)).href &&
  /verify-audit\.mjs$/.test(started)
) {
  process.exitCode = await main(process.argv.slice(2));
}
