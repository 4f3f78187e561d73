/**
 * `plugins.json` of the data directory: which plugins are on, in which order, with which settings, and which bytes the
 * user agreed to. Written all or nothing; a damaged file is set aside and told, and everything starts switched off.
 */
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import {
  isJsonList,
  isJsonObject,
  numberAt,
  objectAt,
  stringAt,
  type JsonObject,
} from '../../../core/model/json.ts';
import { writeSettingsFile } from '../settings/settings-file.ts';
import { isMissing, systemErrorCode } from '../system-error.ts';

export const PLUGINS_FILE = 'plugins.json';

/** What the user said of one plugin. */
export interface PluginWish {
  readonly enabled: boolean;
  readonly order: number;
  readonly settings: JsonObject;
  /** Hash of what was agreed to: of the whole bundle, or of the rights alone while an author works on it. */
  readonly consent: string | undefined;
  /** Of a plugin that is used where it lies. */
  readonly folder: string | undefined;
  /** What its source turned out to have, and the hash of that source: it need not be evaluated to be listed. */
  readonly known:
    | { readonly hash: string; readonly hooks: readonly string[]; readonly analyses: readonly string[] }
    | undefined;
}

export const NO_WISH: PluginWish = {
  enabled: false,
  order: 0,
  settings: {},
  consent: undefined,
  folder: undefined,
  known: undefined,
};

export class PluginsFile {
  readonly #path: string;
  readonly #wishes: Map<string, PluginWish>;
  /** What was wrong with the file, in whole sentences. */
  readonly problems: readonly string[];
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, wishes: Map<string, PluginWish>, problems: readonly string[]) {
    this.#path = path;
    this.#wishes = wishes;
    this.problems = problems;
  }

  static async open(dataDirectory: string): Promise<PluginsFile> {
    const path = join(dataDirectory, PLUGINS_FILE);
    const { wishes, problem } = await readWishes(path);
    if (wishes !== undefined) return new PluginsFile(path, wishes, problem === undefined ? [] : [problem]);
    await setAside(path);
    const kept = `${problem ?? ''} The file was kept as ${PLUGINS_FILE}.damaged.`;
    return new PluginsFile(path, new Map(), [kept]);
  }

  /** The same for who only looks: what is damaged stays where it is. */
  static async read(dataDirectory: string): Promise<PluginsFile> {
    const path = join(dataDirectory, PLUGINS_FILE);
    const { wishes = new Map<string, PluginWish>(), problem } = await readWishes(path);
    return new PluginsFile(path, wishes, problem === undefined ? [] : [problem]);
  }

  get(id: string): PluginWish {
    return this.#wishes.get(id) ?? NO_WISH;
  }

  /** Ids and folders of the plugins that are used where they lie. */
  folders(): readonly (readonly [id: string, folder: string])[] {
    return [...this.#wishes].flatMap(([id, { folder }]) =>
      folder === undefined ? [] : [[id, folder] as const],
    );
  }

  /** Ids of those that are on and were agreed to as a whole, wherever they are by now. */
  installed(): readonly string[] {
    return [...this.#wishes].flatMap(([id, { enabled, consent, folder }]) =>
      enabled && consent !== undefined && folder === undefined ? [id] : [],
    );
  }

  /** Resolves when it is on the disk. Rejects where that cannot be written to; the change holds until the next start. */
  async change(id: string, change: Partial<PluginWish>): Promise<void> {
    this.#wishes.set(id, { ...this.get(id), ...change });
    await this.#write();
  }

  async forget(id: string): Promise<void> {
    if (this.#wishes.delete(id)) await this.#write();
  }

  #write(): Promise<void> {
    const written = this.#writing.then(() => writeSettingsFile(this.#path, writeWishes(this.#wishes)));
    this.#writing = written.catch(() => undefined);
    return written;
  }
}

interface Reading {
  /** Undefined: the file is damaged. */
  readonly wishes?: Map<string, PluginWish>;
  readonly problem?: string;
}

async function readWishes(path: string): Promise<Reading> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    const plugins = isJsonObject(value) ? objectAt(value, 'plugins') : undefined;
    if (plugins !== undefined) return { wishes: new Map(Object.entries(plugins).map(readWish)) };
  } catch (error) {
    if (isMissing(error)) return { wishes: new Map() };
    if (!(error instanceof SyntaxError)) {
      const code = systemErrorCode(error);
      if (code === undefined) throw error;
      return {
        wishes: new Map(),
        problem: `${PLUGINS_FILE} could not be read (${code}): every plugin is off.`,
      };
    }
  }
  return { problem: `${PLUGINS_FILE} was damaged: every plugin is off.` };
}

async function setAside(path: string): Promise<void> {
  await rename(path, `${path}.damaged`).catch((error: unknown) => {
    if (systemErrorCode(error) === undefined) throw error;
  });
}

function readWish([id, value]: readonly [string, unknown]): [string, PluginWish] {
  if (!isJsonObject(value)) return [id, NO_WISH];
  const known = objectAt(value, 'known');
  const hash = known && stringAt(known, 'hash');
  return [
    id,
    {
      enabled: value['enabled'] === true,
      order: numberAt(value, 'order') ?? 0,
      settings: objectAt(value, 'settings') ?? {},
      consent: stringAt(value, 'consent'),
      folder: stringAt(value, 'folder'),
      known:
        known === undefined || hash === undefined
          ? undefined
          : { hash, hooks: readTexts(known, 'hooks'), analyses: readTexts(known, 'analyses') },
    },
  ];
}

function readTexts(object: JsonObject, key: string): readonly string[] {
  const list = object[key];
  return isJsonList(list) ? list.filter((each) => typeof each === 'string') : [];
}

function writeWishes(wishes: ReadonlyMap<string, PluginWish>): JsonObject {
  // JSON leaves out what is undefined.
  return { plugins: JSON.parse(JSON.stringify(Object.fromEntries(wishes))) as JsonObject };
}
