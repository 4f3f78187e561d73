import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../../core/redact/read-policy.ts';
import { RedactionTally } from '../../../core/redact/redaction-report.ts';
import { makeRecordRedactor } from '../../../core/redact/record-redactor.ts';

describe('a policy out of settings', () => {
  it('is read with its types, own patterns and words', () => {
    const read = readPolicy({
      types: { email: 'pseudonym' },
      patterns: [{ name: 'staff', pattern: 'EMP-\\d{4}', treatment: 'drop' }],
      words: [{ name: 'projects', words: ['Blue Heron'] }],
      withhold: ['a.b'],
    });
    const policy = read.kind === 'policy' ? read.policy : { types: {} };
    const redactor = makeRecordRedactor(policy, () => '0'.repeat(64));
    const redacted = redactor.redact({ text: 'EMP-1234 on blue heron for a@example.com', a: { b: 1 } });
    expect(redacted.value).toEqual({
      text: '[withheld] on [own:projects] for [email:aaaaaaaaaaaaaaaa]',
      a: { b: '[withheld]' },
    });
    expect(redacted.withheld).toBe(1);
    const tally = new RedactionTally();
    tally.add('redact', redacted);
    expect(tally.report()).toMatchObject({ records: 1, changed: 1, byType: { email: 1, withheld: 1 } });
  });

  it.each([
    [[], 'object'],
    [{ types: { shoe: 'mask' } }, 'no type'],
    [{ types: { email: 'eat' } }, 'mask, pseudonym or drop'],
    [{ patterns: [{ name: 'a', pattern: '(a+)+' }] }, 'cannot be used'],
    [{ patterns: [{ name: 'A b', pattern: 'a' }] }, 'small letters'],
    [{ words: [{ name: 'a', words: [1] }] }, 'list of at most'],
    [
      {
        words: [
          { name: 'a', words: [] },
          { name: 'a', words: [] },
        ],
      },
      'twice',
    ],
    [{ withhold: 'a' }, 'list of at most'],
  ])('says what is wrong with %j', (value, says) => {
    const read = readPolicy(value);
    expect(read.kind === 'faults' ? read.faults.join(' ') : 'taken').toContain(says);
  });
});
