/**
 * What a setting may be: judged by the host for `settings.json`, and by the page before it sends a change, so
 * that both say the same sentence. A value that is none is the default, beside a problem in plain words.
 */
import { isJsonObject, ownAt, type Json, type JsonObject } from '../model/json.ts';
import type { Settings } from './settings.ts';

export const DEFAULT_SETTINGS: Settings = {
  ingestPort: 4318,
  uiPort: 4320,
  theme: 'system',
  timeZone: 'system',
  allowedOrigins: [],
  retention: { maxAgeDays: null, maxBytes: null },
};

/** Names as they stand in the file; those of a group behind a point. */
export type SettingName = Exclude<keyof Settings, 'retention'> | `retention.${keyof Settings['retention']}`;

export interface SettingProblem {
  readonly name: string;
  /** A whole sentence, without the name. */
  readonly message: string;
}

export interface CheckedSettings {
  readonly settings: Settings;
  readonly problems: readonly SettingProblem[];
}

/** The value, or (as text) what it should have been. */
type Verdict<T> = { readonly value: T } | string;

/** Below are ports that only an administrator may open. */
export const LOWEST_PORT = 1024;
const HIGHEST_PORT = 65_535;
const MOST_ORIGINS = 100;
const MOST_DAYS = 36_500;
/** A smaller journal would lose what has only just come. */
export const LEAST_BYTES = 10_000_000;

/** Reads what a settings file holds. Names it does not know are of another version, and no problem. */
export function checkSettings(file: JsonObject): CheckedSettings {
  const problems: SettingProblem[] = [];
  const read = <T>(
    group: JsonObject,
    prefix: string,
    key: string,
    judge: (v: Json) => Verdict<T>,
    or: T,
  ): T => {
    const given = ownAt(group, key);
    const verdict = given === undefined ? { value: or } : judge(given);
    if (typeof verdict !== 'string') return verdict.value;
    problems.push({ name: `${prefix}${key}`, message: verdict });
    return or;
  };
  const retention = read(file, '', 'retention', judgeGroup, {});
  const days = DEFAULT_SETTINGS.retention;
  return {
    settings: {
      ingestPort: read(file, '', 'ingestPort', judgePort, DEFAULT_SETTINGS.ingestPort),
      uiPort: read(file, '', 'uiPort', judgePort, DEFAULT_SETTINGS.uiPort),
      theme: read(file, '', 'theme', judgeTheme, DEFAULT_SETTINGS.theme),
      timeZone: read(file, '', 'timeZone', judgeTimeZone, DEFAULT_SETTINGS.timeZone),
      allowedOrigins: read(file, '', 'allowedOrigins', judgeOrigins, DEFAULT_SETTINGS.allowedOrigins),
      retention: {
        maxAgeDays: read(retention, 'retention.', 'maxAgeDays', judgeDays, days.maxAgeDays),
        maxBytes: read(retention, 'retention.', 'maxBytes', judgeBytes, days.maxBytes),
      },
    },
    problems,
  };
}

/** What is wrong with the value of one setting; undefined where nothing is. */
export function findProblem(name: SettingName, value: Json): string | undefined {
  const [group = '', key] = name.split('.');
  const file = key === undefined ? { [group]: value } : { [group]: { [key]: value } };
  return checkSettings(file).problems[0]?.message;
}

function judgeGroup(value: Json): Verdict<JsonObject> {
  return isJsonObject(value) ? { value } : 'It must be an object.';
}

function judgePort(value: Json): Verdict<number> {
  const words = `It must be a whole number from ${String(LOWEST_PORT)} to ${String(HIGHEST_PORT)}.`;
  return isWhole(value, LOWEST_PORT, HIGHEST_PORT) ? { value } : words;
}

function judgeTheme(value: Json): Verdict<Settings['theme']> {
  const known = value === 'system' || value === 'light' || value === 'dark';
  return known ? { value } : 'It must be system, light or dark.';
}

function judgeTimeZone(value: Json): Verdict<string> {
  const words = 'It must be system, UTC, or a name such as Europe/Berlin.';
  if (typeof value !== 'string') return words;
  return value === 'system' || isTimeZone(value) ? { value } : words;
}

function judgeOrigins(value: Json): Verdict<readonly string[]> {
  if (!Array.isArray(value) || value.length > MOST_ORIGINS) {
    return `It must be a list of at most ${String(MOST_ORIGINS)} origins.`;
  }
  const origins = value.flatMap((item: Json) => (typeof item === 'string' && isOrigin(item) ? [item] : []));
  return origins.length === value.length
    ? { value: [...new Set(origins)] }
    : 'An origin is scheme, name and port, and nothing behind them: http://localhost:5173.';
}

function judgeDays(value: Json): Verdict<number | null> {
  const fits = value === null || isWhole(value, 1, MOST_DAYS);
  return fits ? { value } : `It must be a whole number of days from 1 to ${String(MOST_DAYS)}, or null.`;
}

function judgeBytes(value: Json): Verdict<number | null> {
  const fits = value === null || isWhole(value, LEAST_BYTES, Number.MAX_SAFE_INTEGER);
  return fits ? { value } : 'It must be a whole number of bytes from 10,000,000 (10 MB) on, or null.';
}

function isWhole(value: Json, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** As a browser writes it in the Origin header. `*` and `null` would let in everybody. */
function isOrigin(text: string): boolean {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s]+$/.test(text) || !URL.canParse(text)) return false;
  // Schemes that are not the web's, such as those of extensions, have no origin that URL would say.
  const { origin } = new URL(text);
  return origin === text || origin === 'null';
}
