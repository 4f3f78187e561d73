import { describe, expect, it } from 'vitest';
import { checkManifest } from '../../../core/plugin-api/check-manifest.ts';
import type { Json } from '../../../core/model/json.ts';
import { findFaults } from '../../contract/schemas.ts';

const GOOD = {
  id: 'local.hello',
  version: '1.0.0',
  name: 'Hello',
  apiVersion: 1,
  main: 'hello.ts',
  reads: ['timing'],
};

function faultsOf(value: Json): readonly string[] {
  const checked = checkManifest(value);
  return checked.kind === 'faults' ? checked.faults : [];
}

const setting = (schema: Json): Json => ({ ...GOOD, settings: { limit: schema } });

const GOOD_ONES: readonly Json[] = [
  GOOD,
  { ...GOOD, $schema: 'x', description: 'd', author: 'a', license: 'MIT', reads: [], uses: ['date'] },
  {
    ...GOOD,
    integrity: `sha256-${'0'.repeat(64)}`,
    limits: { deadlineMs: 500, memoryMb: 64 },
    main: 'a.b.js',
  },
  setting({ type: 'number', default: 1, title: 'Limit' }),
  setting({ type: 'texts', default: ['a'] }),
];

const BAD_ONES: readonly Json[] = [
  null,
  [],
  {},
  { ...GOOD, id: 'hello' },
  { ...GOOD, id: 'Local.hello' },
  { ...GOOD, version: '1.0' },
  { ...GOOD, name: '' },
  { ...GOOD, apiVersion: 2 },
  { ...GOOD, apiVersion: '1' },
  { ...GOOD, main: '../hello.ts' },
  { ...GOOD, main: 'hello.mjs' },
  { ...GOOD, reads: ['content'] },
  { ...GOOD, reads: ['timing', 'timing'] },
  { ...GOOD, reads: 'timing' },
  { ...GOOD, uses: ['network'] },
  { ...GOOD, network: { allow: ['https://example.org'] } },
  { ...GOOD, integrity: 'sha256-x' },
  { ...GOOD, limits: { deadlineMs: 1 } },
  { ...GOOD, limits: { memoryMb: 4096 } },
  { ...GOOD, limits: { threads: 4 } },
  setting({ type: 'number', default: 'one' }),
  setting({ type: 'texts', default: [1] }),
  setting({ type: 'colour', default: 'red' }),
  setting({ type: 'string', default: 'a', secret: true }),
];

describe('a manifest', () => {
  it.each(GOOD_ONES.map((value) => [JSON.stringify(value), value]))('is taken: %s', (_text, value) => {
    expect(faultsOf(value)).toEqual([]);
    expect(findFaults('plugin.schema', value)).toEqual([]);
  });

  it.each(BAD_ONES.map((value) => [JSON.stringify(value), value]))(
    'is refused here and by the schema: %s',
    (_text, value) => {
      expect(faultsOf(value)).not.toEqual([]);
      expect(findFaults('plugin.schema', value)).not.toEqual([]);
    },
  );

  it('fault 72: a newer API and a permission that is not known are refused with the reason', () => {
    expect(faultsOf({ ...GOOD, apiVersion: 2 })).toEqual([
      'It asks for version 2 of the plugin API, and this Tracebench has version 1: a newer Tracebench is needed.',
    ]);
    expect(faultsOf({ ...GOOD, network: {} })).toEqual([
      '"network" is unknown to this version of Tracebench.',
    ]);
    expect(faultsOf({ ...GOOD, reads: ['keys'] })[0]).toContain(
      '"reads" asks for "keys", which is not to be had',
    );
  });
});
