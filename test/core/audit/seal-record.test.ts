import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { MOST_OBJECTS, NO_PREVIOUS } from '../../../core/audit/audit-record.ts';
import { sealRecord, splitEvent } from '../../../core/audit/seal-record.ts';
import { canonicalJson, type Json } from '../../../core/model/json.ts';
import { canonical } from '../../../resources/verify-audit.mjs';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const WHEN = { at: '2026-06-01T00:00:00.000000Z', actor: 'somebody' };

/** The examples of RFC 8785, in its sections 3.2.2 and 3.2.3, and numbers of its appendix B. */
const VECTORS: readonly (readonly [Json, string])[] = [
  [
    {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    },
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  ],
  [
    {
      '\u20ac': 'Euro',
      '\r': 'CR',
      '\ufb33': 'Dalet',
      '1': 'One',
      '\ud83d\ude00': 'Smile',
      '\u0080': 'C',
      '\u00f6': 'O',
    },
    '{"\\r":"CR","1":"One","\u0080":"C","ö":"O","€":"Euro","😀":"Smile","\ufb33":"Dalet"}',
  ],
  [-0, '0'],
  [5e-324, '5e-324'],
  [-1.7976931348623157e308, '-1.7976931348623157e+308'],
  [9007199254740992, '9007199254740992'],
  [295147905179352830000, '295147905179352830000'],
  [1e21, '1e+21'],
  [9.999999999999997e-7, '9.999999999999997e-7'],
  [0.000001, '0.000001'],
];

it('writes canonical JSON as RFC 8785 does, in the product and in the file that verifies', () => {
  for (const [value, text] of VECTORS) {
    expect(canonicalJson(value)).toBe(text);
    expect(canonical(value)).toBe(text);
  }
});

it('each record carries the hash of the one before, and its own over everything else', () => {
  const first = sealRecord({ action: 'begun' }, undefined, WHEN, hash);
  const { hash: own, ...rest } = first.record;
  expect(rest).toEqual({ action: 'begun', seq: 1, prev: NO_PREVIOUS, ...WHEN });
  expect(own).toBe(hash(canonicalJson(rest)));
  const second = sealRecord({ action: 'opened', objects: ['t'] }, first.record, WHEN, hash);
  expect(second.record).toMatchObject({ seq: 2, prev: own });
  expect(JSON.parse(second.line)).toEqual(second.record);
});

it('half a surrogate pair, which has no canonical form, is replaced; a long reason is cut', () => {
  const event = { action: 'denied', objects: ['a\ud800'], reason: 'x'.repeat(1000) } as const;
  const { record, line } = sealRecord(event, undefined, WHEN, hash);
  expect(record.objects).toEqual(['a\u{fffd}']);
  expect(record.reason).toHaveLength(200);
  expect(JSON.parse(line)).toEqual(record);
});

it('an event of many objects becomes records of at most a hundred, none left out', () => {
  const objects = Array.from({ length: 2 * MOST_OBJECTS + 1 }, (_, i) => `t${String(i)}`);
  const parts = [...splitEvent({ action: 'deleted', objects, digests: objects, counts: { traces: 201 } })];
  expect(parts.map((part) => part.objects?.length)).toEqual([MOST_OBJECTS, MOST_OBJECTS, 1]);
  expect(parts.flatMap((part) => part.objects)).toEqual(objects);
  expect(parts.flatMap((part) => part.digests)).toEqual(objects);
  expect(parts.map((part) => part.counts)).toEqual([{ traces: 201 }, undefined, undefined]);
});
