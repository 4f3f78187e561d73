import { describe, expect, it } from 'vitest';
import { readContents, readRequests } from '../../../../electron/host/plugins/guest-words.ts';
import { PluginFault } from '../../../../electron/host/plugins/plugin-fault.ts';

describe('what a guest says that it has', () => {
  it('is read', () => {
    const contents = { analyses: ['a'], hooks: ['redact'] };
    expect(readContents(JSON.stringify(contents))).toEqual(contents);
  });

  it.each([
    '',
    'null',
    '1',
    '[]',
    '{}',
    '{"analyses":[],"hooks":["toString"]}',
    '{"analyses":[{}],"hooks":[]}',
  ])('is a fault of the plugin where it is %j', (json) => {
    expect(() => readContents(json)).toThrow(PluginFault);
  });
});

describe('what a guest asks for', () => {
  it('is read, with whatever was given for headers as texts', () => {
    const asked = {
      id: 1,
      url: 'https://api.example.org',
      method: 'GET',
      headers: { a: 'b', c: 1 },
      other: 2,
    };
    expect(readRequests(JSON.stringify([asked]))).toEqual([
      { id: 1, url: 'https://api.example.org', method: 'GET', headers: { a: 'b', c: '1' } },
    ]);
    expect(readRequests(JSON.stringify([{ ...asked, headers: null }]))).toMatchObject([{ headers: {} }]);
  });

  it.each([
    '',
    'null',
    '{}',
    '[]',
    '[null]',
    '[{"id":1}]',
    '[{"id":"1","url":"a","method":"GET"}]',
    '[{"id":1,"url":"a","method":"GET","body":{}}]',
  ])('is a fault of the plugin where it is %j', (json) => {
    expect(() => readRequests(json)).toThrow(PluginFault);
  });
});
