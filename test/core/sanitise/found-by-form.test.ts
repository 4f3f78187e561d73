import { expect, it } from 'vitest';
import { findByForm } from '../../../core/sanitise/found-by-form.ts';
import type { SANITISE_RULES } from '../../../core/sanitise/rules.ts';
import { Sanitiser } from '../../../core/sanitise/sanitiser.ts';

const record = {
  object: 'trace.span',
  id: 'span_1',
  trace_id: 'trace_1',
  span_data: {
    type: 'custom',
    data: { note: 'jane@example.com from 203.0.113.77', password: 'tr0ub4dor-3' },
  },
};

function sanitiserWith(...rules: readonly (typeof SANITISE_RULES)[number][]): Sanitiser {
  const chosen = new Set(rules);
  return new Sanitiser({ rules: chosen, makePseudonym: () => '', detectors: findByForm(chosen) });
}

it('withholds what the chosen rules find in texts, and counts it by type', () => {
  const sanitiser = sanitiserWith('contacts', 'secrets');
  expect(sanitiser.record(record)['span_data']).toEqual({
    type: 'custom',
    data: { note: '[email] from 203.0.113.77', password: '[secret]' },
  });
  expect(sanitiser.tally.counts()).toEqual([
    { rule: 'detector:email', values: 1, records: 1 },
    { rule: 'detector:secret', values: 1, records: 1 },
  ]);
});

it('leaves everything else of the record as it is', () => {
  expect(sanitiserWith('payments').record(record)).toEqual(record);
});

it('looks for nothing where no rule asks for it', () => {
  expect(findByForm(['inputs', 'notes'])).toEqual([]);
});
