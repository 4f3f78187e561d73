/** Ids of users and groups wherever texts hold them: none leaves, and nothing else is changed. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../core/model/json.ts';
import { Sanitiser } from '../../../core/sanitise/sanitiser.ts';

const base = { object: 'trace.span', id: 's1', trace_id: 't1', parent_id: null };

describe('pseudonyms in texts', () => {
  const learned = (...records: readonly JsonObject[]): string => {
    const sanitiser = new Sanitiser({
      rules: new Set(['groups', 'users']),
      makePseudonym: (kind, id) => `${kind.slice(0, -1)}-${String(id.length)}`,
    });
    for (const record of records) sanitiser.learn(record);
    return JSON.stringify(records.map((record) => sanitiser.record(record)));
  };
  const called = (input: string): JsonObject => ({
    ...base,
    span_data: { type: 'function', name: 'f', input },
  });

  it.each([
    '{"user_id":"bob","n":1}',
    '{"deep":[{"customerId" : "bob"}]}',
    "{'user_id': 'bob', 'n': None}",
    'called with {"user.id": "bob"',
    JSON.stringify({ body: JSON.stringify({ user_id: 'bob' }) }),
  ])('stand in the fields of %s, however short the id is', (input) => {
    expect(learned(called(input))).not.toContain('bob');
  });

  it('stand in place of a number', () => {
    expect(learned(called('{"user_id": 41}'))).toContain('{\\"user_id\\": \\"user-2\\"}');
  });

  it('stand wherever an id stood that only a text had told', () => {
    const said = { ...base, span_data: { type: 'custom', name: 'for ada.lovelace', data: {} } };
    expect(learned(called('{"user_id":"ada.lovelace"}'), said)).not.toContain('lovelace');
  });

  it('are of a whole id, where one is the beginning of another or looks like a pseudonym', () => {
    const record = {
      ...base,
      metadata: { user_id: 'user-1', account: 'user-12', member: 'user-123' },
      span_data: { type: 'custom', name: 'from user-123 to user-12 and user-1', data: {} },
    };
    expect(learned(record)).toContain('"from user-8 to user-7 and user-6"');
  });

  it('stand in keys that ids were made of, and no field is renamed', () => {
    const record = {
      ...base,
      metadata: { user_id: 'ada@example.org', session_id: 'content' },
      span_data: { type: 'custom', name: 'n', data: { byUser: { 'ada@example.org': 3 }, content: 'x' } },
    };
    const left = learned(record);
    expect(left).not.toContain('example');
    expect(left).toContain('"content":"x"');
  });

  it('are of the kind of their field, so that one text in two roles has a pseudonym for each', () => {
    const both = { ...base, metadata: { session_id: 'same-text', user_id: 'same-text' } };
    expect(learned(both)).toContain('{"session_id":"group-9","user_id":"user-9"}');
  });

  it('take a time that grows no faster than the text', () => {
    const hostile = `${'\\'.repeat(50_000)}"user_id${' '.repeat(50_000)}${'"a":"'.repeat(20_000)}`;
    const beganMs = performance.now();
    learned(called(hostile));
    expect(performance.now() - beganMs).toBeLessThan(1000);
  });
});
