/** What a policy comes to: the detectors it wants, what becomes of each type, and its rules by field. */
import type { Detector, DetectorChoice } from '../detect/detector.ts';
import { readOwnPattern } from '../detect/own-pattern.ts';
import { chooseDetectors } from '../detect/registry.ts';
import { findType, type SensitiveType } from '../detect/sensitive-types.ts';
import { makeWordList } from '../detect/word-list.ts';
import { readFieldRules, type FieldRules } from './field-rules.ts';
import { LOOKED_FOR_IN_IDS } from './id-fields.ts';
import type { RedactionPolicy, Treatment } from './redaction-policy.ts';

export interface PolicyParts {
  readonly treatments: ReadonlyMap<SensitiveType, Treatment>;
  readonly choice: DetectorChoice;
  /** What is looked for in ids. */
  readonly idChoice: DetectorChoice;
  readonly keep: FieldRules;
  readonly withhold: FieldRules;
  readonly withholdMedia: boolean;
  /** True where a line cannot be let by without reading it. */
  readonly isAlwaysRead: boolean;
}

/** Throws where an own pattern is one that `readPolicy` would have refused. */
export function makePolicyParts(policy: RedactionPolicy): PolicyParts {
  const treatments = new Map<SensitiveType, Treatment>();
  for (const [name, treatment] of Object.entries(policy.types)) {
    const type = findType(name);
    if (type !== undefined && treatment !== undefined) treatments.set(type, treatment);
  }
  const own = ownDetectors(policy);
  for (const { name, treatment } of [...(policy.patterns ?? []), ...(policy.words ?? [])]) {
    treatments.set(`own:${name}`, treatment);
  }
  const choice = chooseDetectors(new Set(treatments.keys()), own);
  const withhold = readFieldRules(policy.withhold ?? []);
  const withholdMedia = policy.withholdMedia === true;
  return {
    treatments,
    choice,
    idChoice: {
      isOurs: choice.isOurs,
      detectors: choice.detectors.filter(
        ({ type }) => LOOKED_FOR_IN_IDS.has(type) || type.startsWith('own:'),
      ),
    },
    keep: readFieldRules(policy.keep ?? []),
    withhold,
    withholdMedia,
    isAlwaysRead: own.length > 0 || !withhold.isEmpty || withholdMedia,
  };
}

function ownDetectors({ patterns = [], words = [] }: RedactionPolicy): readonly Detector[] {
  return [
    ...patterns.map(({ name, pattern, ignoreCase }) => {
      const read = readOwnPattern(name, pattern, ignoreCase);
      if (read.kind === 'fault') throw new Error(`The pattern ${name} cannot be used. ${read.says}`);
      return read.detector;
    }),
    ...words.map(({ name, words: list }) => makeWordList(name, list)),
  ];
}
