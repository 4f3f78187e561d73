import { describe, expect, it } from 'vitest';
import { checkManifest } from '../../../../../core/plugin-api/check-manifest.ts';
import type { Json } from '../../../../../core/model/json.ts';
import { makePlugin, readPluginName } from '../../../../../electron/host/plugins/author/new-plugin.ts';

describe('a new plugin', () => {
  it('has a manifest, one source, its cases and a fixture, all under its name', () => {
    const { id, files } = makePlugin('slow-tools', undefined);
    expect(id).toBe('local.slow-tools');
    expect(Object.keys(files)).toEqual([
      'plugin.json',
      'slow-tools.ts',
      'slow-tools.test.json',
      'fixture.jsonl',
    ]);
    const manifest = JSON.parse(files['plugin.json'] ?? '') as Json;
    expect(checkManifest(manifest)).toMatchObject({ kind: 'manifest', manifest: { name: 'Slow tools' } });
  });

  it('tells an editor where the types are, where it would not find them', () => {
    const { files } = makePlugin('hello', '/types/index.d.ts');
    expect(JSON.parse(files['tsconfig.json'] ?? '')).toMatchObject({
      compilerOptions: { paths: { 'tracebench/plugin': ['/types/index.d.ts'] } },
    });
  });

  it.each([
    ['hello', 'hello'],
    ['Slow Tools', 'slow-tools'],
    ['my_plugin.v2', 'my-plugin-v2'],
    ['2nd', 'nd'],
    ['---', undefined],
    ['你好', undefined],
    ['x'.repeat(61), undefined],
  ])('is called after its path: %s', (text, name) => {
    expect(readPluginName(text)).toBe(name);
  });
});
