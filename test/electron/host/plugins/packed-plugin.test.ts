import { describe, expect, it } from 'vitest';
import { zipSync, strToU8 } from 'fflate';
import { packPlugin, unpackPlugin } from '../../../../electron/host/plugins/packed-plugin.ts';
import { PluginFault } from '../../../../electron/host/plugins/plugin-fault.ts';

describe('a packed plugin', () => {
  it('gives the same bytes whenever and in whatever order it is packed, and its texts again', async () => {
    const bytes = packPlugin({ 'plugin.json': '{}', 'a.ts': 'é' });
    expect(packPlugin({ 'a.ts': 'é', 'plugin.json': '{}' })).toEqual(bytes);
    const parts = unpackPlugin(bytes, 'a.tbplugin');
    expect(parts.manifest).toBe('{}');
    expect(await parts.readMain('a.ts')).toBe('é');
    await expect(parts.readMain('b.ts')).rejects.toThrow('a.tbplugin holds no b.ts.');
  });

  it('is refused where it is no zip, lacks its manifest, or would fill the memory', () => {
    const open = (bytes: Uint8Array) => () => unpackPlugin(bytes, 'a.tbplugin');
    expect(open(strToU8('hello'))).toThrow(PluginFault);
    expect(open(zipSync({ 'a.ts': strToU8('') }))).toThrow('a.tbplugin holds no plugin.json.');
    const bomb = { 'plugin.json': new Uint8Array(5 * 1024 * 1024) };
    expect(open(zipSync(bomb))).toThrow('unpacks to more than 4.2 MB');
  });

  it('holds nothing outside of its own top', () => {
    const bytes = zipSync({ 'plugin.json': strToU8('{}'), '../evil.ts': strToU8('x') });
    expect(() => unpackPlugin(bytes, 'a.tbplugin').readMain('../evil.ts')).toBeDefined();
    return expect(unpackPlugin(bytes, 'a.tbplugin').readMain('../evil.ts')).rejects.toThrow('holds no');
  });
});
