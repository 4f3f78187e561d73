/** What rules ask of a span's attributes, whose keys are found again from span to span. */
import { describe, expect, it } from 'vitest';
import { Attributes } from '../../../../core/formats/genai/attributes.ts';
import { findKeySet } from '../../../../core/formats/genai/key-sets.ts';
import { without } from '../../../../core/formats/genai/without.ts';

describe('the attributes of a span', () => {
  it('are told apart from those of another span with the same keys', () => {
    const one = new Attributes({ 'gen_ai.request.model': 'a', step: 1 });
    const other = new Attributes({ 'gen_ai.request.model': 'b', step: 2 });
    expect([one, other].map((each) => each.text('gen_ai.request.model'))).toEqual(['a', 'b']);
    expect(one.has('step')).toBe(true);
    // What one was asked for, the other was not.
    expect([one.unread(), other.unread()]).toEqual([[], ['step']]);
  });

  it('count as absent where they are null', () => {
    const attributes = new Attributes({ 'ai.settings.a': null, 'db.name': null, 'ai.settings.b': 2 });
    expect(attributes.below('ai.settings.')).toEqual([['b', 2]]);
    expect(attributes.hasBelow('db.')).toBe(false);
    expect(attributes.has('db.name')).toBe(false);
    expect(attributes.unread()).toEqual([]);
  });

  it('are found by their beginning also where that is no whole word', () => {
    const attributes = new Attributes({ 'genkit:name': 'x', 'langfuse.trace.metadata.user': 'u' });
    expect(attributes.hasBelow('gen')).toBe(true);
    expect(attributes.hasBelow('genkit:')).toBe(true);
    expect(attributes.hasBelow('gen.', 'ai.')).toBe(false);
    expect(attributes.below('langfuse.trace.metadata.')).toEqual([['user', 'u']]);
    expect(attributes.hasWord(['langfuse'])).toBe(true);
  });
});

describe('a set of keys', () => {
  it('is one for all spans with these keys in this order, and another for the first few of them', () => {
    const keys = findKeySet(['a.b', 'c']);
    expect(findKeySet(['a.b', 'c'])).toBe(keys);
    expect(findKeySet(['a.b']).keys).toEqual(['a.b']);
    expect(findKeySet(['c', 'a.b']).keys).toEqual(['c', 'a.b']);
    expect([...keys.words]).toEqual(['a', 'c']);
  });

  it('is right for a file that makes up a key a span', () => {
    for (let i = 0; i < 25_000; i++) findKeySet([`made.up.${String(i)}`]);
    const many = Array.from({ length: 500 }, (_, i) => `k${String(i)}`);
    expect(findKeySet(many).places.get('k499')).toBe(499);
    expect(findKeySet(['made.up.7', 'c']).places.get('c')).toBe(1);
  });
});

it('A field called __proto__ stays a field when others are left out', () => {
  const object = JSON.parse('{"__proto__":{"a":1},"role":"user","b":2}') as {
    readonly [key: string]: number;
  };
  expect(JSON.stringify(without(object, 'role'))).toBe('{"__proto__":{"a":1},"b":2}');
});
