import { describe, expect, it } from 'vitest';
import {
  isInside,
  lookUpOutside,
  performFor,
  type Send,
} from '../../../../electron/host/plugins/perform-request.ts';
import type { GuestRequest } from '../../../../electron/host/plugins/thread-words.ts';

const ASKED: GuestRequest = { id: 1, url: 'https://api.example.org/prices', method: 'GET', headers: {} };

describe('the network of a plugin', () => {
  it('is asked for at the origins that plugin.json names, and what comes back is text', async () => {
    const sent: string[] = [];
    const send: Send = (url, { method }, body) => {
      sent.push(`${String(method)} ${url.href} ${String(body)}`);
      return Promise.resolve({ status: 200, contentType: 'text/plain', text: 'ok' });
    };
    const perform = performFor(['https://api.example.org'], send);
    expect(await perform({ ...ASKED, method: 'POST', body: 'a' })).toEqual({
      id: 1,
      status: 200,
      contentType: 'text/plain',
      text: 'ok',
    });
    expect(sent).toEqual(['POST https://api.example.org/prices a']);
  });

  it.each<[string, Partial<GuestRequest>]>([
    ['no address', { url: 'prices' }],
    ['only https', { url: 'http://api.example.org/' }],
    ['is not named in "network"', { url: 'https://other.example.org/' }],
    ['is not named in "network"', { url: 'https://api.example.org:8443/' }],
    ['a name and a password', { url: 'https://a:b@api.example.org/' }],
    ['The method CONNECT', { method: 'CONNECT' }],
    ["not a plugin's to set", { headers: { Cookie: 'a=b' } }],
    ["not a plugin's to set", { headers: { host: 'other.example.org' } }],
  ])('is refused: %s', async (words, change) => {
    const send: Send = () => Promise.reject(new Error('It was sent.'));
    const answer = await performFor(['https://api.example.org'], send)({ ...ASKED, ...change });
    expect(answer).toEqual({ id: 1, refused: expect.stringContaining(words) as string });
  });

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.20.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:a00:1',
    '64:ff9b::7f00:1',
  ])('never reaches this machine or its network: %s', (address) => {
    expect(isInside(address, address.includes(':') ? 6 : 4)).toBe(true);
  });

  it('reaches the world outside of them', () => {
    expect(['93.184.216.34', '8.8.8.8', '172.32.0.1'].map((each) => isInside(each, 4))).toEqual([
      false,
      false,
      false,
    ]);
    expect(isInside('2606:4700::1111', 6)).toBe(false);
  });

  it('looks at what a name leads to when it is asked', async () => {
    const error = await new Promise((resolve) => {
      lookUpOutside('localhost', {}, (failure) => resolve(failure));
    });
    expect(String(error)).toContain('localhost leads to this machine or its own network.');
  });
});
