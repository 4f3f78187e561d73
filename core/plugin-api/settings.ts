/** Settings of a plugin: few kinds, each with a default, so that any host can draw them and none must be given. */
import { isJsonObject, ownAt, type Json, type JsonObject } from '../model/json.ts';

/** One setting; its default says its type. */
export interface SettingSchema {
  readonly type: 'number' | 'string' | 'boolean' | 'texts';
  readonly default: number | string | boolean | readonly string[];
  readonly title?: string;
}

export type SettingsSchema = Readonly<Record<string, SettingSchema>>;
export type Settings = Readonly<Record<string, SettingSchema['default']>>;

export const SETTING_TYPES: readonly string[] = ['number', 'string', 'boolean', 'texts'];

/** The given values over the defaults, or one sentence for each that does not fit. */
export function resolveSettings(
  schema: SettingsSchema,
  given: JsonObject,
): { readonly settings: Settings; readonly faults: readonly string[] } {
  const faults: string[] = [];
  const settings: Record<string, SettingSchema['default']> = {};
  for (const [name, { type, default: usual }] of Object.entries(schema)) {
    const value = ownAt(given, name) ?? usual;
    if (fitsType(type, value)) settings[name] = value;
    else faults.push(`The setting "${name}" is to be ${SETTING_WORDS[type]}.`);
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(schema, name)) faults.push(`There is no setting "${name}".`);
  }
  return { settings, faults };
}

const SETTING_WORDS: Readonly<Record<SettingSchema['type'], string>> = {
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  texts: 'a list of texts',
};

/** Why a value is no schema of settings; empty where it is one. */
export function findSettingsFaults(value: Json): string[] {
  if (!isJsonObject(value)) return ['"settings" is to be an object: one schema for each name.'];
  return Object.entries(value).flatMap(([name, schema]) => {
    if (!isJsonObject(schema)) return [`"settings.${name}" is to be an object.`];
    const unknown = Object.keys(schema).filter((key) => !['type', 'default', 'title'].includes(key));
    if (unknown.length > 0) return [`"settings.${name}" has the unknown field "${String(unknown[0])}".`];
    const { type } = schema;
    if (!isSettingType(type)) {
      return [`"settings.${name}.type" is to be one of ${SETTING_TYPES.join(', ')}.`];
    }
    if (schema.title !== undefined && typeof schema.title !== 'string') {
      return [`"settings.${name}.title" is to be a text.`];
    }
    return fitsType(type, ownAt(schema, 'default'))
      ? []
      : [`"settings.${name}.default" is to be ${SETTING_WORDS[type]}.`];
  });
}

function isSettingType(value: Json | undefined): value is SettingSchema['type'] {
  return typeof value === 'string' && SETTING_TYPES.includes(value);
}

function fitsType(type: SettingSchema['type'], value: unknown): value is SettingSchema['default'] {
  if (type !== 'texts') return typeof value === type;
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
