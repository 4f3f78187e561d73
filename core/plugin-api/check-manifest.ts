/** Reads plugin.json and says in plain words what is wrong with it: all of it at once, each with what would be right. */
import { isJsonObject, ownAt, type Json, type JsonObject } from '../model/json.ts';
import { findNetworkFaults, findWriteFaults } from './check-permissions.ts';
import {
  API_VERSION,
  BUILT_IN_IDS,
  LIMITS,
  ORDERS,
  PROPOSED,
  READS,
  USES,
  type PluginManifest,
} from './manifest.ts';
import { findSettingsFaults } from './settings.ts';
import { isInRange, isVersionRange } from './version-range.ts';

export type CheckedManifest =
  { readonly kind: 'manifest'; readonly manifest: PluginManifest } | ManifestFaults;

export interface ManifestFaults {
  readonly kind: 'faults';
  /** Whole sentences. */
  readonly faults: readonly string[];
}

/** Who asks for the check. */
export interface ManifestReader {
  /** The plugin comes with the workbench, and may have a short id. */
  readonly isBuiltIn?: boolean;
  /** The version of this workbench, where `engines` is to be looked at. */
  readonly workbench?: string;
  /** The author is at work: parts of the API that may still change are allowed. */
  readonly isDevelopment?: boolean;
}

export function checkManifest(value: Json, reader: ManifestReader = {}): CheckedManifest {
  if (!isJsonObject(value)) return { kind: 'faults', faults: ['plugin.json is to hold one object.'] };
  const faults = Object.entries(FIELDS).flatMap(([name, { isNeeded, find }]) => {
    const given = ownAt(value, name);
    if (given !== undefined) return find(given);
    return isNeeded ? [`"${name}" is missing.`] : [];
  });
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(FIELDS, name)) faults.push(`"${name}" is unknown to this version of Tracebench.`);
  }
  faults.push(...findReaderFaults(value, reader));
  // Every field was looked at above.
  if (faults.length === 0) return { kind: 'manifest', manifest: value as JsonObject & PluginManifest };
  return { kind: 'faults', faults };
}

function findReaderFaults(value: JsonObject, reader: ManifestReader): string[] {
  const { id, engines, proposed } = value;
  const faults: string[] = [];
  const isShort = typeof id === 'string' && isBuiltInId(id);
  if (isShort && reader.isBuiltIn !== true) {
    faults.push(`The id "${id}" is that of a plugin of Tracebench itself: take one such as "local.${id}".`);
  }
  const range = isJsonObject(engines) ? engines.workbench : undefined;
  const { workbench } = reader;
  if (typeof range === 'string' && workbench !== undefined && !isInRange(workbench, range)) {
    faults.push(`It is made for Tracebench ${range}, and this is Tracebench ${workbench}.`);
  }
  if (Array.isArray(proposed) && proposed.length > 0 && reader.isDevelopment !== true) {
    faults.push('It uses "proposed" parts of the API, which load in `plugin dev` and `plugin test` only.');
  }
  return faults;
}

function isBuiltInId(id: string): boolean {
  return (BUILT_IN_IDS as readonly string[]).includes(id);
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

const isDescription = matches('description', /^.{1,500}$/u, 'a text of 1 to 500 characters');

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
      new RegExp(`^(?:${BUILT_IN_IDS.join('|')}|(?=.{3,80}$)[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)+)$`),
      'words with dots between them, such as "local.hello"',
    ),
  },
  version: {
    isNeeded: true,
    find: matches('version', /^\d{1,6}\.\d{1,6}\.\d{1,6}$/, 'three numbers, such as "1.0.0"'),
  },
  name: { isNeeded: true, find: isText('name') },
  description: { isNeeded: false, find: isDescription },
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
  writes: { isNeeded: false, find: findWriteFaults },
  uses: { isNeeded: false, find: isListOf('uses', USES) },
  network: { isNeeded: false, find: findNetworkFaults },
  order: {
    isNeeded: false,
    find: matches('order', new RegExp(`^(${ORDERS.join('|')})$`), ORDERS.join(', ')),
  },
  engines: { isNeeded: false, find: findEngineFaults },
  proposed: { isNeeded: false, find: isListOf('proposed', PROPOSED) },
  cacheKey: { isNeeded: false, find: isText('cacheKey') },
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

function findEngineFaults(value: Json): string[] {
  const range = isJsonObject(value) && Object.keys(value).length === 1 ? value.workbench : undefined;
  return typeof range === 'string' && isVersionRange(range)
    ? []
    : ['"engines" is to be { "workbench": RANGE }, with a range such as ">=0.1.0 <1.0.0".'];
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
