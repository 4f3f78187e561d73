/** What is withheld stands in no file that leaves, whatever target it is written for. */
import { inflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { SANITISE_RULES } from '../../../../core/sanitise/rules.ts';
import { EXPORT_TARGETS } from '../../../../core/writers/registry.ts';
import { exportFile } from '../../../../electron/host/export/export-file.ts';
import { makeBatch, makeSpan, NOW_US, openTestStore, type StoreFixture } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

const CANARY = 'a canary that was asked for and must never leave this place';
const USER = 'ada.lovelace@example.org';

async function openWithCanaries(): Promise<StoreFixture> {
  const fixture = await openTestStore(await makeTemporaryDirectory());
  const trace = { object: 'trace', id: 't1', workflow_name: `Desk of ${USER}`, group_id: 'group-of-ada' };
  const asked = makeSpan('t1', 's1', {
    // Some tools name a span after what it was asked.
    span_data: { type: 'function', name: CANARY, input: CANARY, output: `${CANARY} again` },
    error: { message: CANARY, data: { said: CANARY } },
  });
  const made = makeSpan('t1', 's2', {
    parent_id: 's1',
    span_data: { type: 'agent', name: `agent of ${USER}`, tools: [`tool-${USER}`] },
  });
  const handed = makeSpan('t1', 's3', {
    span_data: { type: 'handoff', from_agent: `agent of ${USER}`, to_agent: `desk for ${USER}` },
  });
  const named = makeSpan('t1', 's4', {
    span_data: {
      type: 'function',
      name: `tool-${USER}`,
      input: JSON.stringify({ user_id: USER }),
      output: '',
    },
  });
  const items = [{ ...trace, metadata: { q: CANARY } }, asked, made, handed, named];
  await fixture.store.append(makeBatch(items), true);
  const note = { id: 'n', traceId: 't1', spanId: 's1', at: '2026-06-01T00:00:00.000Z' };
  await fixture.store.putNotes([{ ...note, text: `Ask ${USER}.`, labels: [USER] }]);
  fixture.advance(NOW_US);
  return fixture;
}

async function textOf({ store }: StoreFixture, to: string, rules: readonly string[]): Promise<string> {
  const exported = exportFile(store, { traceIds: ['t1'], to, rules, views: [] });
  const parts: Uint8Array[] = [];
  for await (const part of exported?.chunks ?? []) parts.push(part);
  const bytes = Buffer.concat(parts);
  return to === 'bundle' ? unzip(bytes) : bytes.toString('utf8');
}

/** The text of every entry, found by its header. */
function unzip(bytes: Buffer): string {
  const texts: string[] = [];
  for (let at = bytes.indexOf('PK\x03\x04'); at >= 0; at = bytes.indexOf('PK\x03\x04', at + 4)) {
    const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    texts.push(inflateRawSync(bytes.subarray(from)).toString('utf8'));
  }
  return texts.join('\n');
}

it.each(EXPORT_TARGETS.map(({ name }) => name))('%s holds nothing of what is withheld', async (to) => {
  const fixture = await openWithCanaries();
  const open = await textOf(fixture, to, []);
  expect(open).toContain('example.org');
  if (to !== 'csv-traces') expect(open).toContain('canary');
  const left = await textOf(fixture, to, [...SANITISE_RULES]);
  expect(left).not.toContain('canary');
  expect(left).not.toContain('lovelace');
  // Names and structure stay.
  if (to !== 'csv-traces') expect(left).toContain('tool-user-');
  const joined = await textOf(fixture, to, ['users']);
  expect(joined).not.toContain('lovelace');
  if (to === 'bundle') expect(joined).toMatch(/"labels":\["user-[0-9a-f]{20}"\]/);
});
