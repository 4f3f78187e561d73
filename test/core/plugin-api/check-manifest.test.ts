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
  setting({ type: 'number', default: 1, min: 0, max: 10, description: 'Of all.' }),
  setting({ type: 'enum', default: 'deny', options: ['deny', 'allow'] }),
  { ...GOOD, reads: ['content'], writes: ['content', 'annotations', 'decision', 'attributes:cost'] },
  { ...GOOD, network: { allow: ['https://api.example.org', 'https://example.org:8443'], reason: 'Prices.' } },
  { ...GOOD, engines: { workbench: '>=0.1.0 <9.0.0' }, proposed: [], order: 'pre', cacheKey: 'table 3' },
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
  { ...GOOD, reads: ['everything'] },
  { ...GOOD, writes: ['attributes:'] },
  { ...GOOD, writes: ['ids'] },
  { ...GOOD, writes: ['content', 'content'] },
  { ...GOOD, engines: { workbench: 'new' } },
  { ...GOOD, engines: { node: '*' } },
  { ...GOOD, proposed: ['panels'] },
  { ...GOOD, order: 'first' },
  { ...GOOD, cacheKey: 4 },
  { ...GOOD, contributes: { panels: [] } },
  { ...GOOD, reads: ['timing', 'timing'] },
  { ...GOOD, reads: 'timing' },
  { ...GOOD, uses: ['network'] },
  { ...GOOD, network: { allow: ['https://example.org'] } },
  ...[
    'http://example.org',
    'https://example.org/path',
    'https://*.example.org',
    'https://127.0.0.1',
    'https://localhost',
    'https://printer.local',
    'https://user:word@example.org',
  ].map((origin) => ({ ...GOOD, network: { allow: [origin], reason: 'Prices.' } })),
  { ...GOOD, integrity: 'sha256-x' },
  { ...GOOD, limits: { deadlineMs: 1 } },
  { ...GOOD, limits: { memoryMb: 4096 } },
  { ...GOOD, limits: { threads: 4 } },
  setting({ type: 'number', default: 'one' }),
  setting({ type: 'texts', default: [1] }),
  setting({ type: 'colour', default: 'red' }),
  setting({ type: 'string', default: 'a', secret: true }),
  setting({ type: 'string', default: 'a', min: 1 }),
  setting({ type: 'number', default: 1, max: 'ten' }),
  setting({ type: 'enum', default: 'a' }),
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
    expect(faultsOf({ ...GOOD, panels: [] })).toEqual(['"panels" is unknown to this version of Tracebench.']);
    expect(faultsOf({ ...GOOD, reads: ['keys'] })[0]).toContain(
      '"reads" asks for "keys", which is not to be had',
    );
  });

  it('has a short id only where it comes with Tracebench', () => {
    expect(faultsOf({ ...GOOD, id: 'cost' })).toEqual([
      'The id "cost" is that of a plugin of Tracebench itself: take one such as "local.cost".',
    ]);
    expect(checkManifest({ ...GOOD, id: 'cost' }, { isBuiltIn: true }).kind).toBe('manifest');
    expect(checkManifest({ ...GOOD, id: 'hello' }, { isBuiltIn: true }).kind).toBe('faults');
  });

  it('fault 72: is refused by a workbench that it is not made for, with both versions', () => {
    const value = { ...GOOD, engines: { workbench: '>=2.0.0 <3.0.0' } };
    const checked = checkManifest(value, { workbench: '0.1.0' });
    expect(checked).toMatchObject({
      faults: ['It is made for Tracebench >=2.0.0 <3.0.0, and this is Tracebench 0.1.0.'],
    });
    expect(checkManifest(value, { workbench: '2.4.1' }).kind).toBe('manifest');
  });

  it('has settings whose defaults lie in their bounds', () => {
    expect(faultsOf(setting({ type: 'number', default: 11, max: 10 }))).toEqual([
      '"settings.limit.default" is to be a number of at most 10.',
    ]);
    expect(faultsOf(setting({ type: 'enum', default: 'c', options: ['a', 'b'] }))).toEqual([
      '"settings.limit.default" is to be one of a, b.',
    ]);
  });
});
