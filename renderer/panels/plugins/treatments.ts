/** What becomes of each type that redaction finds, as the three lists of its settings hold it. */
import { SENSITIVE_TYPES, TYPE_WORDS, type BuiltInType } from '../../../core/detect/sensitive-types.ts';
import type { JsonObject } from '../../../core/model/json.ts';
import type { Settings } from '../../../core/plugin-api/settings.ts';

export const TREATMENT_SETTINGS = ['mask', 'pseudonym', 'drop'] as const;
export type TreatmentSetting = (typeof TREATMENT_SETTINGS)[number];

export const TREATMENT_WORDS: Readonly<Record<TreatmentSetting, string>> = {
  mask: 'a word in brackets says what stood there',
  pseudonym: 'the same for the same value',
  drop: 'nothing is left',
};

export const TYPES: readonly { readonly type: BuiltInType; readonly words: string }[] = SENSITIVE_TYPES.map(
  (type) => ({ type, words: TYPE_WORDS[type] }),
);

/** Where a type is named twice, the stricter word holds. */
export function treatmentOf(settings: Settings, type: string): TreatmentSetting | undefined {
  return TREATMENT_SETTINGS.findLast((name) => listOf(settings, name).includes(type));
}

/** The three lists with that type in one of them, or in none. */
export function withTreatment(
  settings: Settings,
  type: string,
  treatment: TreatmentSetting | undefined,
): JsonObject {
  return Object.fromEntries(
    TREATMENT_SETTINGS.map((name) => {
      const others = listOf(settings, name).filter((each) => each !== type);
      return [name, name === treatment ? [...others, type] : others];
    }),
  );
}

function listOf(settings: Settings, name: TreatmentSetting): readonly string[] {
  const list = settings[name];
  return typeof list === 'object' ? list : [];
}
