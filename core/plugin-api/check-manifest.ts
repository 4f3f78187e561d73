/** Reads plugin.json and says in plain words what is wrong with it: all of it at once, each with what would be right. */
import { isJsonObject, ownAt, type Json, type JsonObject } from '../model/json.ts';
import { API_VERSION, LIMITS, READS, USES, type PluginManifest } from './manifest.ts';
import { findSettingsFaults } from './settings.ts';

export type CheckedManifest =
  { readonly kind: 'manifest'; readonly manifest: PluginManifest } | ManifestFaults;

export interface ManifestFaults {
  readonly kind: 'faults';
  /** Whole sentences. */
  readonly faults: readonly string[];
}

export function checkManifest(value: Json): CheckedManifest {
  if (!isJsonObject(value)) return { kind: 'faults', faults: ['plugin.json is to hold one object.'] };
  const faults = Object.entries(FIELDS).flatMap(([name, { isNeeded, find }]) => {
    const given = ownAt(value, name);
    if (given !== undefined) return find(given);
    return isNeeded ? [`"${name}" is missing.`] : [];
  });
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(FIELDS, name)) faults.push(`"${name}" is unknown to this version of Tracebench.`);
  }
  // Every field was looked at above.
  if (faults.length === 0) return { kind: 'manifest', manifest: value as JsonObject & PluginManifest };
  return { kind: 'faults', faults };
}

interface FieldCheck {
  readonly isNeeded: boolean;
  readonly find: (value: Json) => string[];
}

const matches =
  (name: string, pattern: RegExp, words: string) =>
  (value: Json): string[] =>
    typeof value === 'string' && pattern.test(value) ? [] : [`"${name}" is to be ${words}.`];

const isText = (name: string): FieldCheck['find'] =>
  matches(name, /^.{1,200}$/u, 'a text of 1 to 200 characters');

const isListOf =
  (name: string, words: readonly string[]) =>
  (value: Json): string[] => {
    if (!Array.isArray(value)) return [`"${name}" is to be a list of ${words.join(', ')}.`];
    const list: readonly unknown[] = value;
    const unknown = list.filter((each) => typeof each !== 'string' || !words.includes(each));
    const told = unknown.map(
      (each) =>
        `"${name}" asks for ${JSON.stringify(each)}, which is not to be had; there is ${words.join(', ')}.`,
    );
    return new Set(list).size < list.length ? [...told, `"${name}" names something twice.`] : told;
  };

/** One line a field: whether it must be there, and what is wrong with a value. */
const FIELDS: Readonly<Record<keyof PluginManifest | '$schema', FieldCheck>> = {
  $schema: { isNeeded: false, find: isText('$schema') },
  id: {
    isNeeded: true,
    find: matches(
      'id',
      /^(?=.{3,80}$)[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/,
      'words with dots between them, such as "local.hello"',
    ),
  },
  version: {
    isNeeded: true,
    find: matches('version', /^\d{1,6}\.\d{1,6}\.\d{1,6}$/, 'three numbers, such as "1.0.0"'),
  },
  name: { isNeeded: true, find: isText('name') },
  description: { isNeeded: false, find: isText('description') },
  author: { isNeeded: false, find: isText('author') },
  license: { isNeeded: false, find: isText('license') },
  apiVersion: { isNeeded: true, find: findVersionFaults },
  main: {
    isNeeded: true,
    find: matches('main', /^[\w-]+(\.[\w-]+)*\.(ts|js)$/, 'the name of a .ts or .js file beside plugin.json'),
  },
  integrity: {
    isNeeded: false,
    find: matches('integrity', /^sha256-[0-9a-f]{64}$/, '"sha256-" and 64 digits in hex'),
  },
  reads: { isNeeded: true, find: isListOf('reads', READS) },
  uses: { isNeeded: false, find: isListOf('uses', USES) },
  settings: { isNeeded: false, find: findSettingsFaults },
  limits: { isNeeded: false, find: findLimitFaults },
};

function findVersionFaults(value: Json): string[] {
  if (value === API_VERSION) return [];
  const isNewer = typeof value === 'number' && value > API_VERSION;
  return isNewer
    ? [
        `It asks for version ${value} of the plugin API, and this Tracebench has version ${API_VERSION}: a newer Tracebench is needed.`,
      ]
    : [`"apiVersion" is to be ${API_VERSION}.`];
}

function findLimitFaults(value: Json): string[] {
  if (!isJsonObject(value)) return ['"limits" is to be an object.'];
  return Object.entries(value).flatMap(([name, given]) => {
    if (name !== 'deadlineMs' && name !== 'memoryMb') return [`"limits.${name}" is unknown.`];
    const { least, most } = LIMITS[name];
    const fits = typeof given === 'number' && Number.isInteger(given) && given >= least && given <= most;
    return fits ? [] : [`"limits.${name}" is to be a whole number from ${least} to ${most}.`];
  });
}
