/** The manifest: what is written is read again, holds to its schema, and names of entries are judged. */
import { expect, it } from 'vitest';
import { findDoubleName, judgeEntryName } from '../../../core/formats/bundle/entry-names.ts';
import { readManifest, writeManifest, type BundleManifest } from '../../../core/formats/bundle/manifest.ts';
import type { Json } from '../../../core/model/json.ts';
import { findFaults } from '../../contract/schemas.ts';

const MANIFEST: BundleManifest = {
  version: 1,
  counts: { traces: 1, spans: 2, records: 3, notes: 0, findings: 0, views: 0 },
  entries: [{ name: 'data/traces-000001.jsonl', bytes: 10, lines: 3, sha256: 'a'.repeat(64) }],
  withheld: { rules: ['inputs'], counts: [{ rule: 'inputs', values: 1, records: 1 }] },
  priceTable: null,
};

it('is read as it was written, and holds to its schema', () => {
  const value = JSON.parse(writeManifest(MANIFEST)) as Json;
  expect(readManifest(value)).toEqual(MANIFEST);
  expect(findFaults('bundle', value)).toEqual([]);
});

it.each([
  null,
  7,
  {},
  { format: 'tracebundle' },
  { format: 'tracebundle', version: 1, counts: {}, entries: [{}] },
])('is none: %j', (value) => {
  expect(readManifest(value)).toBeUndefined();
});

it('knows names that may stand in a bundle from those that may not', () => {
  expect(judgeEntryName('data/traces-000001.jsonl')).toBeUndefined();
  expect(judgeEntryName('data/../x')).toBe('bundle-bad-name');
  expect(findDoubleName(['a', 'b', 'A'])).toBe('A');
  expect(findDoubleName(['a', 'b'])).toBeUndefined();
});
