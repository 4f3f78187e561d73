/** Settings of a plugin: few kinds, each with a default, so that any host can draw them and none must be given. */
import { isJsonList, isJsonObject, ownAt, type Json, type JsonObject } from '../model/json.ts';

/** One setting; its default says its type. */
export interface SettingSchema {
  readonly type: 'number' | 'string' | 'boolean' | 'texts' | 'enum';
  readonly default: SettingValue;
  readonly title?: string;
  /** One or two sentences under it. */
  readonly description?: string;
  /** number */
  readonly min?: number;
  readonly max?: number;
  /** enum: what there is to choose from. */
  readonly options?: readonly string[];
}

export type SettingValue = number | string | boolean | readonly string[];
export type SettingsSchema = Readonly<Record<string, SettingSchema>>;
export type Settings = Readonly<Record<string, SettingValue>>;

export const SETTING_TYPES: readonly string[] = ['number', 'string', 'boolean', 'texts', 'enum'];

/** The given values over the defaults, or one sentence for each that does not fit. */
export function resolveSettings(
  schema: SettingsSchema,
  given: JsonObject,
): { readonly settings: Settings; readonly faults: readonly string[] } {
  const faults: string[] = [];
  const settings: Record<string, SettingValue> = {};
  for (const [name, each] of Object.entries(schema)) {
    const value = ownAt(given, name) ?? each.default;
    if (fits(each, value)) settings[name] = value;
    else faults.push(`The setting "${name}" is to be ${wordsOf(each)}.`);
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(schema, name)) faults.push(`There is no setting "${name}".`);
  }
  return { settings, faults };
}

/** Why a value is no schema of settings; empty where it is one. */
export function findSettingsFaults(value: Json): string[] {
  if (!isJsonObject(value)) return ['"settings" is to be an object: one schema for each name.'];
  return Object.entries(value).flatMap(([name, schema]) => {
    const fault = findSchemaFault(schema);
    return fault === undefined ? [] : [`"settings.${name}${fault}`];
  });
}

/** Behind the name of the setting, whose quotation mark is still open. */
function findSchemaFault(schema: Json): string | undefined {
  if (!isJsonObject(schema)) return '" is to be an object.';
  const { type } = schema;
  if (!isSettingType(type)) return `.type" is to be one of ${SETTING_TYPES.join(', ')}.`;
  const known = ['type', 'default', 'title', 'description', ...FIELDS_OF[type]];
  const unknown = Object.keys(schema).find((key) => !known.includes(key));
  if (unknown !== undefined) return `" has the unknown field "${unknown}".`;
  for (const field of ['title', 'description']) {
    if (schema[field] !== undefined && typeof schema[field] !== 'string')
      return `.${field}" is to be a text.`;
  }
  for (const field of ['min', 'max']) {
    if (schema[field] !== undefined && typeof schema[field] !== 'number')
      return `.${field}" is to be a number.`;
  }
  const { options } = schema;
  if (type === 'enum' && !(isTexts(options) && options.length > 0)) {
    return '.options" is to be a list of texts to choose from.';
  }
  // All of its fields were looked at above.
  const checked = schema as JsonObject & SettingSchema;
  return fits(checked, ownAt(schema, 'default')) ? undefined : `.default" is to be ${wordsOf(checked)}.`;
}

const FIELDS_OF: Readonly<Record<SettingSchema['type'], readonly string[]>> = {
  number: ['min', 'max'],
  string: [],
  boolean: [],
  texts: [],
  enum: ['options'],
};

function wordsOf({ type, min, max, options = [] }: SettingSchema): string {
  switch (type) {
    case 'number': {
      const least = min === undefined ? '' : ` of at least ${min}`;
      return `a number${least}${max === undefined ? '' : `${least && ' and'} of at most ${max}`}`;
    }
    case 'string':
      return 'a text';
    case 'boolean':
      return 'true or false';
    case 'texts':
      return 'a list of texts';
    case 'enum':
      return `one of ${options.join(', ')}`;
  }
}

function isSettingType(value: Json | undefined): value is SettingSchema['type'] {
  return typeof value === 'string' && SETTING_TYPES.includes(value);
}

function fits(schema: SettingSchema, value: Json | undefined): value is SettingValue {
  switch (schema.type) {
    case 'number':
      return (
        typeof value === 'number' &&
        value >= (schema.min ?? Number.NEGATIVE_INFINITY) &&
        value <= (schema.max ?? Number.POSITIVE_INFINITY)
      );
    case 'texts':
      return isTexts(value);
    case 'enum':
      return typeof value === 'string' && (schema.options ?? []).includes(value);
    case 'string':
    case 'boolean':
      return typeof value === schema.type;
  }
}

function isTexts(value: Json | undefined): value is readonly string[] {
  return isJsonList(value) && value.every((each) => typeof each === 'string');
}
