import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSensitive } from '../../../core/detect/find-sensitive.ts';
import { chooseDetectors } from '../../../core/detect/registry.ts';
import { SENSITIVE_TYPES } from '../../../core/detect/sensitive-types.ts';
import type { Json } from '../../../core/model/json.ts';
import { makeRecordRedactor, type RedactionPolicy } from '../../../core/redact/record-redactor.ts';
import type { Treatment } from '../../../core/redact/redaction-policy.ts';
import { makeSamples } from '../../bench/detectors/make-samples.ts';

const ALL = chooseDetectors(new Set(SENSITIVE_TYPES));

/** A hash that a test can foresee. */
function hashOf(text: string): string {
  let state = 7;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return state.toString(16).padStart(8, '0').repeat(8);
}

function everything(treatment: Treatment): RedactionPolicy {
  return { types: Object.fromEntries(SENSITIVE_TYPES.map((type) => [type, treatment])) };
}

function redact(value: Json, policy: RedactionPolicy = everything('mask')): Json {
  return makeRecordRedactor(policy, hashOf).redact(value).value;
}

function redactedText(text: string): string {
  const redacted = redact(text);
  return typeof redacted === 'string' ? redacted : '';
}

describe('what stands in place of a find', () => {
  it('is its type, a pseudonym, or nothing that says what it was', () => {
    const text = 'mail jane@example.com';
    expect(redact(text)).toBe('mail [email]');
    expect(redact(text, everything('pseudonym'))).toMatch(/^mail \[email:[a-z]{16}\]$/);
    expect(redact(text, everything('drop'))).toBe('mail [withheld]');
  });

  it('is the same pseudonym for the same value, however it is written', () => {
    const policy = everything('pseudonym');
    expect(redact('4111 1111 1111 1111', policy)).toBe(redact('4111-1111-1111-1111', policy));
    expect(redact('JANE@example.com', policy)).toBe(redact('jane%40example.com', policy));
    expect(redact('jane@example.com', policy)).not.toBe(redact('joan@example.com', policy));
  });

  it('leaves types alone that the policy does not name', () => {
    expect(redact('jane@example.com from 203.0.113.77', { types: { ip: 'mask' } })).toBe(
      'jane@example.com from [ip]',
    );
  });

  it('keeps JSON inside of a text whole', () => {
    const inner = '{"card": 4111111111111111, "n": [1]}';
    expect(JSON.parse(redactedText(inner))).toEqual({ card: '[card]', n: [1] });
    const twice = JSON.stringify({ arguments: inner });
    const outer = JSON.parse(redactedText(twice)) as { arguments: string };
    expect(JSON.parse(outer.arguments)).toEqual({ card: '[card]', n: [1] });
  });
});

describe('a record', () => {
  const record: Json = {
    object: 'trace.span',
    id: 'span_0123456789abcdef01234567',
    trace_id: 'trace_00000000000000004111111111111111',
    started_at: '2025-07-01T12:00:00.000000+00:00',
    span_data: {
      type: 'generation',
      usage: { input_tokens: 1203 },
      input: [{ role: 'user', content: 'jane@example.com' }],
      'joan@example.com': 'as a key',
      phone: '0170 1234567',
      card: 4111111111111111,
      created_at: 1751371200123,
    },
  };

  it('is redacted in every text of it, keys and numbers included; ids, times and counts stay', () => {
    const { value, counts, places, changed } = makeRecordRedactor(everything('mask'), hashOf).redact(record);
    expect(value).toEqual({
      ...record,
      span_data: {
        type: 'generation',
        usage: { input_tokens: 1203 },
        input: [{ role: 'user', content: '[email]' }],
        '[email]': 'as a key',
        phone: '[phone]',
        card: '[card]',
        created_at: 1751371200123,
      },
    });
    expect(counts).toEqual({ email: 2, phone: 1, card: 1 });
    expect(places).toContainEqual({ path: 'span_data.input.content', type: 'email', count: 1 });
    expect(changed).toBe(true);
  });

  it('is the very same value where nothing was found', () => {
    const clean: Json = { a: ['nothing', 1, null, true] };
    const { value, changed } = makeRecordRedactor(everything('mask'), hashOf).redact(clean);
    expect(value).toBe(clean);
    expect(changed).toBe(false);
  });

  it('has ids that tie it to others even where an id was somebody: always by pseudonym', () => {
    const of = (id: string): Json => redact({ trace_id: id, group_id: id });
    expect(of('jane@example.com')).toEqual(of('jane@example.com'));
    expect(of('jane@example.com')).not.toEqual(of('joan@example.com'));
    expect(JSON.stringify(of('jane@example.com'))).not.toContain('jane');
  });

  it('loses neither value of two keys that become the same', () => {
    expect(redact({ 'a@example.com': 1, 'b@example.com': 2 })).toEqual({ '[email]': 1, '[email] (2)': 2 });
  });

  it('loses whole fields where the policy says so, and keeps others whatever they hold', () => {
    const policy: RedactionPolicy = {
      types: { email: 'mask' },
      withhold: ['password', 'span_data.input', 'metadata.*'],
      keep: ['contact'],
    };
    expect(
      redact(
        {
          password: true,
          span_data: { input: ['x'], output: 'y' },
          metadata: { a: 1 },
          contact: 'a@example.com',
        },
        policy,
      ),
    ).toEqual({
      password: '[withheld]',
      span_data: { input: '[withheld]', output: 'y' },
      metadata: { a: '[withheld]' },
      contact: 'a@example.com',
    });
  });

  it('loses images and long base64 where the policy says so', () => {
    const policy: RedactionPolicy = { types: {}, withholdMedia: true };
    expect(
      redact({ url: 'data:image/png;base64,iVBORw0KGgo=', raw: 'iVBO'.repeat(100), text: 'short' }, policy),
    ).toEqual({
      url: '[media]',
      raw: '[media]',
      text: 'short',
    });
  });
});

describe('a second pass', () => {
  const redactors = (['mask', 'pseudonym', 'drop'] as const).map((treatment) =>
    makeRecordRedactor(everything(treatment), hashOf),
  );
  const samples = [...makeSamples('tuned', 5, 1), ...makeSamples('held-out', 6, 1)];

  it('changes nothing, and the first leaves no value of a sample', () => {
    for (const redactor of redactors) {
      for (const { text, key } of samples) {
        const once = redactor.redact({ [key ?? 'text']: text }).value;
        expect(redactor.redact(once).changed, JSON.stringify(once)).toBe(false);
      }
    }
  });

  it('changes nothing in any mixture of pieces either', () => {
    const pieces = fc.constantFrom(
      ...[
        '[',
        ']',
        '[email]',
        '[phone:abcdefghijklmnop]',
        '@',
        ' ',
        '4111',
        '1111',
        'a@b.example',
        'phone: ',
        '+49',
        '170',
      ],
      ...[
        'password=',
        'x9!k',
        '\\"',
        '\\u0040',
        '%40',
        '203.0.113.7',
        '.',
        '-',
        ':',
        'sk-proj-',
        'abcd1234',
        '\n',
        '{"a":',
      ],
    );
    const text = fc.array(pieces, { maxLength: 24 }).map((list) => list.join(''));
    const value = fc.oneof(
      text,
      fc.array(text),
      fc.dictionary(text, text),
      fc.record({ id: text, phone: text }),
    );
    fc.assert(
      fc.property(value, fc.constantFrom(...redactors), (own, redactor) => {
        const once = redactor.redact(own).value;
        expect(redactor.redact(once).value).toEqual(once);
      }),
      { numRuns: 400 },
    );
  });

  it('is not needed where a line may hold nothing: the look never lets by what would be changed', () => {
    for (const { text, key } of samples) {
      const record = { [key ?? 'text']: text };
      const [redactor] = redactors;
      const [first] = findSensitive(text, { ...ALL, isOurs: false }, key);
      if (first !== undefined) expect(redactor?.mayChange(JSON.stringify(record)), text).toBe(true);
    }
  });
});

describe('a record that was made to hold up whoever reads it', () => {
  /** CPU time: the machine may be busy with others. */
  function spentMs(work: () => void): number {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  }

  it('has a secret of a megabyte, which goes in one', () => {
    const password = 'Ab3dE5gH9jK1'.repeat(90_000);
    expect(spentMs(() => expect(redact({ password })).toEqual({ password: '[secret]' }))).toBeLessThan(4000);
  });

  it('has thousands of keys that become the same, and loses none', () => {
    const keys = Array.from({ length: 3000 }, (_, i) => [`u${String(i)}@example.com`, i] as const);
    const redacted = redact(Object.fromEntries(keys)) as object;
    expect(Object.values(redacted)).toEqual(keys.map(([, i]) => i));
    expect(Object.keys(redacted).slice(0, 3)).toEqual(['[email]', '[email] (2)', '[email] (3)']);
  });
});
