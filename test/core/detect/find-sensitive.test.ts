import { describe, expect, it } from 'vitest';
import { findSensitive } from '../../../core/detect/find-sensitive.ts';
import { chooseDetectors } from '../../../core/detect/registry.ts';
import { SENSITIVE_TYPES } from '../../../core/detect/sensitive-types.ts';

const ALL = chooseDetectors(new Set(SENSITIVE_TYPES));

/** What is found, as `type:text`. */
function finds(text: string, key?: string): readonly string[] {
  return findSensitive(text, ALL, key).map(({ type, start, end }) => `${type}:${text.slice(start, end)}`);
}

describe('what is found in a text', () => {
  it.each([
    ['write to jane.doe@example.com, please', 'email:jane.doe@example.com'],
    ['paid with 4111 1111 1111 1111 today', 'card:4111 1111 1111 1111'],
    ['IBAN DE89 3704 0044 0532 0130 00.', 'iban:DE89 3704 0044 0532 0130 00'],
    ['ssn 536-22-8726', 'us-ssn:536-22-8726'],
    ['NI number QQ123456C is none, AB123456C is', 'uk-nino:AB123456C'],
    ['DNI 12345678Z', 'es-dni:12345678Z'],
    ['codice fiscale RSSMRA85T10A562S', 'it-fiscal-code:RSSMRA85T10A562S'],
    ['cpf 529.982.247-25', 'br-cpf:529.982.247-25'],
    ['hetu 131052-308T', 'fi-hetu:131052-308T'],
    ['from 203.0.113.77 port 22', 'ip:203.0.113.77'],
    ['at 2001:db8::8a2e:370:7334', 'ip:2001:db8::8a2e:370:7334'],
    ['call +49 170 1234567 now', 'phone:+49 170 1234567'],
    ['(212) 555-0142', 'phone:(212) 555-0142'],
    ['password=hunter2!x', 'secret:hunter2!x'],
    ['postgres://app:s3cretpw@db:5432/x', 'secret:s3cretpw'],
    ['key AKIAIOSFODNN7EXAMPL2', 'secret:AKIAIOSFODNN7EXAMPL2'],
  ])('%s', (text, found) => {
    expect(finds(text)).toEqual([found]);
  });

  it.each([
    'version 10.2.33.4 and Chrome/120.0.6099.129',
    'git@github.com:acme/app.git and @types/node@20.1.1 and icon@2x.png',
    'order no. 4111111111111111',
    '2025-07-01T12:00:00.123456Z took 1751371200123 ms',
    'id 3f2504e0-4f89-41d3-9a0c-0305e82c3301 of 9b74c9897bac770ffc029102a200c5de',
    'password: string; const token = getToken()',
    'api_key=<your-api-key> or ${API_KEY}',
    'localhost 127.0.0.1 and 0.0.0.0 and ::1',
    'std::vector<int> at 12:34:56 of 0a:1b:2c:3d:4e:5f',
    '4111 1111 1111 1112 passes no Luhn',
  ])('nothing in: %s', (text) => {
    expect(finds(text)).toEqual([]);
  });

  it('takes the key for the words before the text', () => {
    expect(finds('0170 1234567')).toEqual([]);
    expect(finds('0170 1234567', 'phone_number')).toEqual(['phone:0170 1234567']);
    expect(finds('tr0ub4dor&3x', 'password')).toEqual(['secret:tr0ub4dor']);
  });
});

describe('texts inside of texts', () => {
  it('undoes escapes of JSON, of JSON in JSON, of URLs and of entities', () => {
    expect(finds('{\\"mail\\":\\"jane\\u0040example.com\\"}')).toEqual(['email:jane\\u0040example.com']);
    expect(finds('q=jane%40example.com&x=1')).toEqual(['email:jane%40example.com']);
    expect(finds('jane&#64;example.com')).toEqual(['email:jane&#64;example.com']);
    expect(finds('4111\\n1111\\n1111\\n1111')).toEqual(['card:4111\\n1111\\n1111\\n1111']);
  });

  it('sees through wide characters and characters without width', () => {
    expect(finds('jane\uff20example.com')).toEqual(['email:jane\uff20example.com']);
    expect(finds('4111\u200b1111\u200b1111\u200b1111')).toEqual(['card:4111\u200b1111\u200b1111\u200b1111']);
  });

  it('finds base64 of a text that holds something, as a whole', () => {
    const inner = Buffer.from('mail me: jane@example.com').toString('base64');
    expect(finds(`data ${inner} end`)).toEqual([`email:${inner}`]);
    const twice = Buffer.from(inner).toString('base64');
    expect(finds(twice)).toEqual([`email:${twice}`]);
  });

  it('tells overlapping finds as one, by the weightier type', () => {
    const found = findSensitive('https://jane:pa55word@example.com/', ALL);
    expect(found.map(({ type }) => type)).toEqual(['secret']);
  });
});

describe('time', () => {
  it.each([
    'a@',
    '1 ',
    '4-',
    'ab12',
    '::',
    'password=',
    '\\u0',
    '%4',
    'eyJ',
    'A'.repeat(20),
    '+1 (2',
    '-----BEGIN PRIVATE KEY-----',
  ])('grows with the length of the text: %s over and over', (piece) => {
    // The least of three: what the collector or another process took is not the text's.
    const spent = (length: number): number => {
      const text = piece.repeat(length / piece.length);
      const runs = [1, 2, 3].map(() => {
        const { user } = process.cpuUsage();
        findSensitive(text, ALL);
        return process.cpuUsage().user - user;
      });
      return Math.min(...runs);
    };
    spent(20_000);
    const short = Math.max(spent(20_000), 2_000);
    expect(spent(160_000)).toBeLessThan(short * 40);
  });
});
