import { expect, test } from 'vitest';
import { policyOfSettings } from '../../../../core/redact/policy-settings.ts';
import { treatmentOf, withTreatment } from '../../../../renderer/panels/plugins/treatments.ts';

const SETTINGS = { mask: ['card', 'ip'], pseudonym: ['email'], drop: ['secret', 'ip'] };

test('where a type is named twice the stricter word holds, as in the policy', () => {
  expect(treatmentOf(SETTINGS, 'ip')).toBe('drop');
  expect(policyOfSettings(SETTINGS)['types']).toMatchObject({ ip: 'drop', card: 'mask' });
  expect(treatmentOf(SETTINGS, 'phone')).toBeUndefined();
});

test('a type moves into one list and out of all others, or out of all', () => {
  expect(withTreatment(SETTINGS, 'ip', 'pseudonym')).toEqual({
    mask: ['card'],
    pseudonym: ['email', 'ip'],
    drop: ['secret'],
  });
  expect(withTreatment(SETTINGS, 'email', undefined)['pseudonym']).toEqual([]);
});
