/** The user's settings while the host runs: read once, changed one after the other, told to whoever listens. */
import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '../../../core/model/json.ts';
import { checkSettings, DEFAULT_SETTINGS, type CheckedSettings } from '../../../core/rpc/check-settings.ts';
import type { Settings, SettingsState } from '../../../core/rpc/settings.ts';
import { systemErrorCode } from '../system-error.ts';
import {
  mergeSettings,
  readSettingsFile,
  setAside,
  SETTINGS_FILE,
  writeSettingsFile,
  type SettingsReading,
} from './settings-file.ts';

/** A change that was not made, in a sentence for a person. */
export class SettingsRefusedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SettingsRefusedError';
  }
}

/** Told of a change before it is written, with all settings as they will be; where it rejects, nothing changes. */
export type SettingsGuard = (change: JsonObject, file: JsonObject) => Promise<void>;

/** Settings that are read when a host starts, and only then. */
const AT_START = ['ingestPort', 'uiPort'] as const satisfies readonly (keyof Settings)[];

export class SettingsStore {
  readonly #directory: string;
  readonly #atStart: Settings;
  readonly #listeners = new Set<(state: SettingsState) => void>();
  /** What was said once and holds until the next start. */
  readonly #remarks: string[] = [];
  #settings: Settings;
  #problems: readonly string[];
  #origins: ReadonlySet<string>;
  #changes: Promise<unknown> = Promise.resolve();
  #guard: SettingsGuard = () => Promise.resolve();

  private constructor(directory: string, reading: SettingsReading) {
    this.#directory = directory;
    const { settings, problems } = judge(reading);
    this.#atStart = this.#settings = settings;
    this.#problems = problems;
    this.#origins = new Set(settings.allowedOrigins);
  }

  /** Never rejects: a file that is no settings file is a problem to be told. */
  static async open(directory: string): Promise<SettingsStore> {
    return new SettingsStore(directory, await readSettingsFile(join(directory, SETTINGS_FILE)));
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Of web pages that may post to the door. */
  get origins(): ReadonlySet<string> {
    return this.#origins;
  }

  get state(): SettingsState {
    return {
      settings: this.#settings,
      path: join(this.#directory, SETTINGS_FILE),
      problems: [...this.#problems, ...this.#remarks],
      awaitingRestart: AT_START.filter((name) => this.#settings[name] !== this.#atStart[name]),
    };
  }

  /** Says something about a setting that the start found out: a port that was taken. */
  remark(sentence: string): void {
    this.#remarks.push(sentence);
  }

  /** Called after every change with all settings; returns how to stop that. */
  onChange(listener: (state: SettingsState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Called when the rules of retention are others than before; returns how to stop that. */
  onRetention(listener: () => void): () => void {
    let known = JSON.stringify(this.#settings.retention);
    return this.onChange(({ settings }) => {
      const retention = JSON.stringify(settings.retention);
      if (retention === known) return;
      known = retention;
      listener();
    });
  }

  guardChanges(guard: SettingsGuard): void {
    this.#guard = guard;
  }

  /** Writes a change and answers all settings. Rejects with SettingsRefusedError, and nothing has changed then. */
  change(change: JsonObject): Promise<SettingsState> {
    const changed = this.#changes.then(() => this.#change(change));
    this.#changes = changed.catch(() => undefined);
    return changed;
  }

  async #change(change: JsonObject): Promise<SettingsState> {
    refuseUnfit(change);
    const path = join(this.#directory, SETTINGS_FILE);
    try {
      // Read again: a person may have written to it by hand meanwhile.
      const reading = await readSettingsFile(path);
      const file = mergeSettings(reading.kind === 'read' ? reading.file : {}, change);
      refuseOnePort(checkSettings(file).settings);
      await this.#guard(change, file);
      if (reading.kind === 'unusable') {
        const name = await setAside(this.#directory);
        this.remark(`The ${SETTINGS_FILE} that could not be used was kept as ${name}.`);
      }
      await writeSettingsFile(path, file);
      this.#take(judge({ kind: 'read', file }));
    } catch (error) {
      const code = systemErrorCode(error);
      if (code === undefined) throw error;
      throw new SettingsRefusedError(`${SETTINGS_FILE} could not be written (${code}); all is as it was.`);
    }
    return this.state;
  }

  #take({ settings, problems }: Judged): void {
    this.#settings = settings;
    this.#problems = problems;
    this.#origins = new Set(settings.allowedOrigins);
    for (const listener of this.#listeners) listener(this.state);
  }
}

interface Judged {
  readonly settings: Settings;
  readonly problems: readonly string[];
}

function judge(reading: SettingsReading): Judged {
  if (reading.kind === 'unusable') {
    const problem = `${SETTINGS_FILE} was passed over: ${reading.why}. The defaults hold; the file was not touched.`;
    return { settings: DEFAULT_SETTINGS, problems: [problem] };
  }
  const { settings, problems } = checkSettings(reading.file);
  return { settings, problems: describe(problems) };
}

function describe(problems: CheckedSettings['problems']): readonly string[] {
  return problems.map(({ name, message }) => `${name} was passed over for its default. ${message}`);
}

/** A file may hold names of another version; a change says only what this one knows. */
function refuseUnfit(change: JsonObject): void {
  const unknown = [...unknownNames(change, DEFAULT_SETTINGS)];
  if (unknown.length > 0) throw new SettingsRefusedError(`No setting is called ${unknown.join(', ')}.`);
  const [problem] = checkSettings(change).problems;
  if (problem !== undefined) throw new SettingsRefusedError(`${problem.name}: ${problem.message}`);
}

/** Two servers cannot listen on one port. */
function refuseOnePort({ ingestPort, uiPort }: Settings): void {
  if (ingestPort === uiPort) {
    throw new SettingsRefusedError(`Door and page need a port each; both would have ${String(uiPort)}.`);
  }
}

function* unknownNames(change: JsonObject, known: object): Iterable<string> {
  for (const [key, value] of Object.entries(change)) {
    const group: unknown = Object.hasOwn(known, key)
      ? Object.entries(known).find(([name]) => name === key)?.[1]
      : undefined;
    if (group === undefined) yield key.slice(0, 40);
    else if (isJsonObject(value) && isJsonObject(group)) yield* unknownNames(value, group);
  }
}
