import { describe, expect, it } from 'vitest';
import {
  checkAccessDecision,
  checkHeadDecision,
  checkTailDecision,
} from '../../../core/plugin-api/check-decision.ts';
import { checkEnriched } from '../../../core/plugin-api/check-enriched.ts';
import { findRedactionFault } from '../../../core/plugin-api/check-redacted.ts';
import { isInRange, isVersionRange } from '../../../core/plugin-api/version-range.ts';
import type { Json } from '../../../core/model/json.ts';

describe('a decision', () => {
  it('is one of those that its hook can make, with a reason', () => {
    expect(checkAccessDecision({ decision: 'skeleton', reason: 'r', extra: 1 })).toEqual({
      kind: 'decision',
      decision: { decision: 'skeleton', reason: 'r' },
    });
    expect(checkHeadDecision({ decision: 'defer', reason: 'r' }).kind).toBe('decision');
    expect(checkTailDecision({ decision: 'defer', reason: 'r' })).toMatchObject({
      fault: 'It is to answer with keep(reason) or drop(reason).',
    });
  });

  it.each<Json>([null, true, 'deny', [], { decision: 'deny' }, { decision: 'deny', reason: '' }])(
    'is none: %j',
    (value) => {
      expect(checkAccessDecision(value).kind).toBe('fault');
    },
  );

  it('fault 70: has no room for a text as its reason', () => {
    expect(checkAccessDecision({ decision: 'deny', reason: 'x'.repeat(201) }).kind).toBe('fault');
  });
});

describe('values of enrich', () => {
  const check = (value: Json): string | undefined => {
    const checked = checkEnriched(value, ['annotations', 'attributes:cost'], (id) => id === 's');
    return checked.kind === 'fault' ? checked.fault : undefined;
  };

  it('stand under names of the plugin', () => {
    expect(
      check([['s', { 'cost.usd': 0.1, 'cost.of': 'a', 'cost.known': true, 'cost.none': null }]]),
    ).toBeUndefined();
  });

  it.each<[string, Json]>([
    ['does not begin with "cost."', [['s', { id: 'x' }]]],
    ['does not begin with "cost."', [['s', { 'costs.usd': 1 }]]],
    ['does not begin with "cost."', [['s', { started_at: '2026' }]]],
    ['is not in the trace', [['other', { 'cost.usd': 1 }]]],
    ['is no text, number or truth value', [['s', { 'cost.usd': {} }]]],
    ['1000 are allowed', [['s', { 'cost.text': 'x'.repeat(1001) }]]],
    ['50 are allowed', [['s', Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`cost.${i}`, 1]))]]],
    ['an object of values', [['s', 4]]],
    ['values for each span', { s: {} }],
  ])('fault 69: are refused where one %s', (words, value) => {
    expect(check(value)).toContain(words);
  });
});

describe('a redacted record', () => {
  const before = {
    object: 'trace.span',
    id: 's',
    trace_id: 't',
    parent_id: null,
    started_at: '2026-01-01',
    span_data: { type: 'function', name: 'mail', input: 'to ada' },
  };

  it('may be another in everything but its ids, times and kind', () => {
    const after = { ...before, span_data: { type: 'function', name: '***' }, more: 1 };
    expect(findRedactionFault([before], [after])).toBeUndefined();
  });

  it.each<[string, Json]>([
    ['id', { ...before, id: 'other' }],
    ['trace_id', { ...before, trace_id: 'other' }],
    ['parent_id', { ...before, parent_id: 'p' }],
    ['started_at', { ...before, started_at: '2027-01-01' }],
    ['ended_at', { ...before, ended_at: '2027-01-01' }],
    ['object', { ...before, object: 'trace' }],
    ['span_data.type', { ...before, span_data: { type: 'agent' } }],
  ])('fault 69: is refused where it changed %s', (path, after) => {
    expect(findRedactionFault([before], [after])).toBe(
      `redact changed "${path}", which is to stay as it was.`,
    );
  });

  it.each<Json>([null, [], ['text'], { ...before }])(
    'is refused in another shape, without a word of it: %j',
    (after) => {
      const fault = findRedactionFault([before], after);
      expect(fault).toBeDefined();
      expect(fault).not.toContain('ada');
    },
  );

  it('fault 69: is refused inside an event, too', () => {
    const event = { event: 'on_span_end', at: '2026', item: before };
    const changed = { ...event, item: { ...before, span_data: { type: 'agent' } } };
    expect(findRedactionFault([event], [changed])).toContain('item.span_data.type');
    expect(findRedactionFault([event], [{ ...event, at: '2027' }])).toContain('"at"');
  });
});

describe('a range of versions', () => {
  it.each<[range: string, inside: readonly string[], outside: readonly string[]]>([
    ['>=0.1.0 <1.0.0', ['0.1.0', '0.9.9', '0.2.0-dev'], ['0.0.9', '1.0.0']],
    ['^1.2.0', ['1.2.0', '1.9.0'], ['1.1.9', '2.0.0']],
    ['^0.2.1', ['0.2.5'], ['0.3.0', '0.2.0']],
    ['^0.0.3', ['0.0.3'], ['0.0.4']],
    ['~1.2.3', ['1.2.9'], ['1.3.0', '1.2.2']],
    ['1.0.0', ['1.0.0'], ['1.0.1']],
    ['*', ['9.9.9'], ['nine']],
  ])('%s', (range, inside, outside) => {
    expect(isVersionRange(range)).toBe(true);
    expect(inside.filter((version) => !isInRange(version, range))).toEqual([]);
    expect(outside.filter((version) => isInRange(version, range))).toEqual([]);
  });

  it.each(['', '1', '>= 1.0.0', 'latest', '1.x'])('is none: %j', (range) => {
    expect(isVersionRange(range)).toBe(false);
  });
});
