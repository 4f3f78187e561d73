import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSensitive } from '../../../core/detect/find-sensitive.ts';
import { ALL_DETECTORS, lookAtBytes } from '../../../core/detect/look/line-look.ts';
import { lookAtText } from '../../../core/detect/look/look-at-text.ts';
import { chooseDetectors, DETECTORS } from '../../../core/detect/registry.ts';
import { SENSITIVE_TYPES } from '../../../core/detect/sensitive-types.ts';
import { makeSamples } from '../../bench/detectors/make-samples.ts';
import { VALUES } from '../../bench/detectors/values.ts';
import { Prng } from '../../generate/prng.ts';

const ALL = chooseDetectors(new Set(SENSITIVE_TYPES));
/** Copies, which no look knows: they are asked about every text. */
const UNLOOKED = { detectors: DETECTORS.map((detector) => ({ ...detector })), isOurs: false };

function isLetBy(line: string): boolean {
  const bytes = new TextEncoder().encode(line);
  return lookAtBytes(bytes, 0, bytes.length, ALL_DETECTORS) === 0;
}

/** The same text as records carry it: with its key, in a list, with all but ASCII escaped, and with room. */
function linesOf(text: string, key = 'text'): readonly string[] {
  const line = JSON.stringify({ id: 'span_0123456789abcdef01234567', [key]: text });
  const ascii = line.replace(/[^ -~]/g, (own) => `\\u${own.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [line, ascii, JSON.stringify({ [key]: ['x', text] }), JSON.stringify({ [key]: text }, undefined, 3)];
}

/** What is found without the look is found with it, and no line that holds it is let by. */
function expectSeen(text: string, key?: string): void {
  const found = findSensitive(text, UNLOOKED, key);
  expect(findSensitive(text, ALL, key), text).toEqual(found);
  if (found.length > 0) for (const line of linesOf(text, key)) expect(isLetBy(line), line).toBe(false);
  // Inside of JSON the text is another, with escapes of its own.
  const nested = JSON.stringify({ [key ?? 'text']: text });
  const isFound = findSensitive(nested, UNLOOKED, 'arguments').length > 0;
  if (isFound) expect(isLetBy(JSON.stringify({ arguments: nested })), nested).toBe(false);
}

describe('the look at a line', () => {
  it.each([
    [
      'ids and times',
      'id span_655c6a62710cf81ea145368b at 2026-01-01T00:00:00.218219+00:00 of 3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    ],
    ['counts and versions', '"input_tokens": 1203, "v": "1.2.3", 12345 of 99999'],
    ['words about secrets', 'the token is valid, a secret, the password was changed and key: value'],
    ['signs of people', 'done 👩‍💻 — really… «ja», 请检查发票，谢谢！'],
    ['addresses of the web', 'https://example.com/a?b=c&d=e and @types/node of icon@2x.png'],
    ['names in code', 'OutputGuardrailTripwireTriggered input_tokens_details http/1.1 std::vector'],
    ['JSON inside of it', '{"a": "b\\n c", "n": [1, 2.5, 300]}'],
  ])('lets by %s', (_name, text) => {
    for (const line of linesOf(text)) expect(isLetBy(line), line).toBe(true);
  });

  it('tells by which detectors something may be found', () => {
    const names = (text: string): readonly string[] =>
      DETECTORS.filter((_, i) => (lookAtText(text, ALL_DETECTORS) & (1 << i)) !== 0).map(({ type }) => type);
    expect(names('jane.doe@example.com')).toEqual(['email']);
    expect(names('from 203.0.113.77 and 2001:db8::8a2e:370:7334')).toEqual(['ip']);
    expect(names('password=hunter2!x')).toEqual(['secret']);
    expect(names('4111 1111 1111 1111')).toContain('card');
  });

  it('passes over detectors that are not wanted', () => {
    const cards = chooseDetectors(new Set(['card'] as const));
    expect(findSensitive('jane@example.com, 4111 1111 1111 1111', cards).map(({ type }) => type)).toEqual([
      'card',
    ]);
  });

  it('never lets by what is found without it, in either half of the labelled set', () => {
    for (const { text, key } of [...makeSamples('tuned', 71, 2), ...makeSamples('held-out', 72, 2)])
      expectSeen(text, key);
  });

  it('never lets by a value of any type among words, signs and escapes', () => {
    const around = fc.constantFrom(
      ...[
        '',
        ' ',
        '\n',
        '"',
        "'",
        ': ',
        ' = ',
        '(',
        ')',
        ',',
        '.',
        '-',
        '_',
        '/',
        '\\',
        '\\n',
        '\\"',
        '\\u00e9',
        '%20',
        '&amp;',
        'é',
        '–',
        '\u00a0',
        '\u200b',
      ],
      ...[
        'phone',
        'tel: ',
        'token',
        'password',
        'api_key',
        'ssn ',
        'bsn ',
        'sin ',
        'aadhaar',
        '12',
        '4111',
        'a1',
        'https://',
        '+',
        '是否',
        '👩‍💻',
        ' and ',
        'id ',
      ],
    );
    const pieces = fc.array(around, { maxLength: 5 }).map((list) => list.join(''));
    const value = fc
      .tuple(fc.constantFrom(...SENSITIVE_TYPES), fc.nat())
      .map(([type, seed]) => VALUES[type](new Prng(seed)));
    const cut = fc.tuple(
      value,
      fc.constantFrom('', ' ', '-', '.', '\u00a0', '\u2011', '\\n'),
      fc.integer({ min: 2, max: 5 }),
    );
    const written = cut.map(([own, gap, width]) =>
      gap === '' ? own : (own.match(new RegExp(`.{1,${String(width)}}`, 'gs')) ?? []).join(gap),
    );
    const text = fc.tuple(pieces, fc.oneof(value, written), pieces).map((list) => list.join(''));
    fc.assert(
      fc.property(
        text,
        fc.constantFrom(undefined, 'text', 'phone', 'password', 'session_token'),
        (own, key) => {
          expectSeen(own, key);
        },
      ),
      { numRuns: 3000, seed: 7 },
    );
  });
});
