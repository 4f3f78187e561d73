/** The log on the disk, and the one file that verifies it, run as a stranger would run it. */
import { execFile } from 'node:child_process';
import { appendFile, copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AuditEvent } from '../../../../core/audit/audit-record.ts';
import { AuditLog } from '../../../../electron/host/audit/audit-log.ts';
import { openSigningKey } from '../../../../electron/host/audit/signing-key.ts';
import { hashOf } from '../../../../resources/verify-audit.mjs';
import { NOW_US } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';
import { openTestAudit } from './audit-fixture.ts';

const run = promisify(execFile);
const VERIFIER = join(import.meta.dirname, '../../../../resources/verify-audit.mjs');

const opened = (i: number): AuditEvent => ({ action: 'opened', objects: [`t${String(i)}`] });

async function openLog(directory: string, fileBytes?: number): Promise<AuditLog> {
  const log = await AuditLog.open({
    directory,
    clock: () => NOW_US,
    actor: 'somebody',
    ...(fileBytes !== undefined && { fileBytes }),
  });
  onTestFinished(() => log.close());
  return log;
}

/** A log of ten records. */
async function writeTen(): Promise<{
  readonly folder: string;
  readonly file: string;
  readonly log: AuditLog;
}> {
  const folder = await makeTemporaryDirectory();
  const log = await openLog(folder);
  for (let i = 0; i < 10; i++) await log.append([opened(i)]);
  return { folder, file: join(folder, '000001.jsonl'), log };
}

/** In a folder with nothing of ours beside it. */
async function verifyAlone(
  ...words: readonly string[]
): Promise<{ readonly code: number; readonly said: string }> {
  const folder = await makeTemporaryDirectory();
  await mkdir(join(folder, 'alone'));
  const script = join(folder, 'alone', 'verify-audit.mjs');
  await copyFile(VERIFIER, script);
  try {
    const { stdout } = await run(process.execPath, [script, ...words]);
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}

/** Rewrites the lines of a log's file. */
async function tamper(file: string, change: (lines: string[]) => readonly string[]): Promise<void> {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  await writeFile(file, `${change(lines).join('\n')}\n`);
}

const TAMPERINGS: Readonly<
  Record<string, readonly [index: number, change: (lines: string[]) => readonly string[]]>
> = {
  edited: [4, (lines) => lines.with(4, (lines[4] ?? '').replace('t4', 't5'))],
  'edited and its own hash made anew': [
    5,
    (lines) => {
      const record = { ...(JSON.parse(lines[4] ?? '') as object), objects: ['x'] };
      const hash = hashOf(record);
      return lines.with(
        4,
        JSON.stringify(
          Object.fromEntries(Object.entries({ ...record, hash }).sort(([a], [b]) => (a < b ? -1 : 1))),
        ),
      );
    },
  ],
  'written with white space': [4, (lines) => lines.with(4, (lines[4] ?? '').replace(':', ': '))],
  'given a field twice': [4, (lines) => lines.with(4, (lines[4] ?? '').replace('{', '{"action":"begun",'))],
  deleted: [4, (lines) => lines.toSpliced(4, 1)],
  'taken from the beginning': [0, (lines) => lines.slice(1)],
  reordered: [4, (lines) => [...lines.slice(0, 4), lines[5] ?? '', lines[4] ?? '', ...lines.slice(6)]],
  inserted: [5, (lines) => lines.toSpliced(5, 0, lines[4] ?? '')],
  'no JSON any more': [9, (lines) => lines.with(9, 'gone')],
};

describe('75: what was changed in the log is named by its index', () => {
  it('a whole log is whole', async () => {
    const { folder, log } = await writeTen();
    const { code, said } = await verifyAlone(folder);
    expect(said).toBe(`Whole: 10 records, head ${log.head?.hash ?? ''}.\n`);
    expect(code).toBe(0);
    expect(await log.verify()).toEqual({ ok: true, records: 10, head: log.head?.hash });
  });

  it.each(Object.keys(TAMPERINGS))('a record that was %s', async (name) => {
    const { file, log } = await writeTen();
    const [index, change] = TAMPERINGS[name] ?? [0, (lines: string[]) => lines];
    await tamper(file, change);
    const { code, said } = await verifyAlone(file);
    expect(said).toMatch(new RegExp(`^Not whole at index ${String(index)} `));
    expect(code).toBe(1);
    expect((await log.verify()).ok).toBe(false);
  });
});

describe('76: a tail that was cut off is seen against a head that was kept', () => {
  it('the hash alone', async () => {
    const { file, log } = await writeTen();
    const head = log.head?.hash ?? '';
    expect((await verifyAlone(file, '--head', head)).code).toBe(0);
    await tamper(file, (lines) => lines.slice(0, 8));
    expect((await verifyAlone(file)).code).toBe(0);
    const { code, said } = await verifyAlone(file, '--head', head);
    expect(said).toBe(
      `Not whole at index 8: the log has no record with the hash ${head}: its end was cut off, or all of it was written anew.\n`,
    );
    expect(code).toBe(1);
  });

  it('a signed head also says how long the log was, and by whose key', async () => {
    const { folder, file, log } = await writeTen();
    const key = await openSigningKey(folder);
    const head = key.sign({ seq: 10, hash: log.head?.hash ?? '', at: 'now', journalId: 'j' });
    expect((await openSigningKey(folder)).publicKey).toBe(key.publicKey);
    const aside = await makeTemporaryDirectory();
    const [headFile, keyFile] = [join(aside, 'head.json'), join(aside, 'key.pem')];
    await writeFile(headFile, JSON.stringify(head));
    await writeFile(keyFile, key.publicKey);
    expect((await verifyAlone(file, '--head', headFile, '--key', keyFile)).code).toBe(0);
    await tamper(file, (lines) => lines.slice(0, 8));
    const cut = await verifyAlone(file, '--head', headFile, '--key', keyFile);
    expect(cut.said).toBe(
      'Not whole at index 8: the log ends with record 8; the given head is record 10: its end was cut off.\n',
    );
    await writeFile(headFile, JSON.stringify({ ...head, seq: 8 }));
    const forged = await verifyAlone(file, '--head', headFile, '--key', keyFile);
    expect(forged).toMatchObject({ code: 2 });
    expect(forged.said).toMatch(/was not signed with this key/);
  });
});

describe('the log', () => {
  it('goes on where it ended, in as many files as it needs', async () => {
    const folder = await makeTemporaryDirectory();
    for (let round = 0; round < 3; round++) {
      const log = await openLog(folder, 1000);
      for (let i = 0; i < 4; i++) await log.append([opened(i)]);
      await log.close();
    }
    expect((await readdir(folder)).length).toBeGreaterThan(2);
    const log = await openLog(folder);
    expect(await log.verify()).toMatchObject({ ok: true, records: 12 });
    expect(log.head?.seq).toBe(12);
  });

  it('writes over what a crash broke off, which nobody was told was kept', async () => {
    const { folder, file, log } = await writeTen();
    await log.close();
    await appendFile(file, '{"action":"ope');
    expect((await verifyAlone(file)).said).toMatch(/not written to its end/);
    const again = await openLog(folder);
    await again.append([opened(10)]);
    expect(await again.verify()).toMatchObject({ ok: true, records: 11 });
  });

  it('does not go on behind a last record that is damaged', async () => {
    const { folder, file, log } = await writeTen();
    await log.close();
    await tamper(file, (lines) => lines.with(9, (lines[9] ?? '').replace('t9', 't8')));
    const again = await openLog(folder);
    expect(again.problem).toMatch(/last record of 000001.jsonl is damaged/);
    await expect(again.append([opened(1)])).rejects.toThrow(/audit log cannot be written/);
  });

  it('tells the newest first, page by page, of one action where that is asked', async () => {
    const folder = await makeTemporaryDirectory();
    const log = await openLog(folder, 700);
    for (let i = 0; i < 20; i++) await log.append([i % 5 === 0 ? { action: 'begun' } : opened(i)]);
    const first = await log.readNewest({ limit: 8 });
    expect(first.records.map(({ seq }) => seq)).toEqual([20, 19, 18, 17, 16, 15, 14, 13]);
    const rest = await log.readNewest({ limit: 100, before: first.next });
    expect(rest.records.map(({ seq }) => seq)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(rest.next).toBeUndefined();
    const begun = await log.readNewest({ limit: 3, action: 'begun' });
    expect(begun.records.map(({ seq }) => seq)).toEqual([16, 11, 6]);
  });

  it('79: an event that the disk refuses is in no log, and the next one follows on the last that is', async () => {
    const { audit, disk } = await openTestAudit();
    await audit.record(opened(0));
    disk.isFull = true;
    await expect(audit.record(opened(1))).rejects.toThrow('The audit log cannot be written (ENOSPC)');
    disk.isFull = false;
    await audit.record(opened(2));
    expect(await audit.log.verify()).toMatchObject({ ok: true, records: 2 });
  });
});
