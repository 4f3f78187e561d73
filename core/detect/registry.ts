/** All detectors of ours, and how a choice among them is made. One line here is all a new one needs. */
import { card } from './card.ts';
import type { Detector, DetectorChoice } from './detector.ts';
import { email } from './email.ts';
import { iban } from './iban.ts';
import { ip } from './ip.ts';
import { nationalNumbers } from './national-numbers.ts';
import { phone } from './phone.ts';
import { secret } from './secret.ts';
import type { SensitiveType } from './sensitive-types.ts';

/** Goes up with every change of what is found. */
export const DETECTOR_VERSION = '1';

export const DETECTORS: readonly Detector[] = [secret, card, iban, ...nationalNumbers, email, phone, ip];

/** Detectors of these types, and those of the user's own. */
export function chooseDetectors(
  types: ReadonlySet<SensitiveType>,
  own: readonly Detector[] = [],
): DetectorChoice {
  return {
    detectors: [...own, ...DETECTORS.filter(({ type }) => types.has(type))],
    isOurs: own.length === 0,
  };
}
