/** What the desktop shell remembers between two starts: its window, the last files, whether it stays to listen. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isJsonObject, numberAt, objectAt, type JsonObject } from '../core/model/json.ts';
import { systemErrorCode } from './host/system-error.ts';

/** Of a window, in pixels of the screen. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ShellState {
  /** Undefined: the system chooses. */
  readonly bounds: Bounds | undefined;
  readonly maximized: boolean;
  /** Go on receiving traces when the window is closed. */
  readonly keepListening: boolean;
  /** Absolute paths, the last one first. */
  readonly recentFiles: readonly string[];
}

const MOST_RECENT = 10;
const LEAST_SIDE = 400;
/** So much of the window must be on a screen for it to be found again. */
const IN_SIGHT = 100;

/** A file that is missing, damaged or of another hand is as good as none. */
export function readShellState(path: string, keepByDefault: boolean): ShellState {
  const value = readJson(path);
  const recent = value['recentFiles'];
  return {
    bounds: readBounds(objectAt(value, 'bounds')),
    maximized: value['maximized'] === true,
    keepListening: typeof value['keepListening'] === 'boolean' ? value['keepListening'] : keepByDefault,
    recentFiles: Array.isArray(recent)
      ? recent.filter((item) => typeof item === 'string').slice(0, MOST_RECENT)
      : [],
  };
}

/** Where the disk takes nothing, the state lasts until the end of this run: no window may stay open for that. */
export function writeShellState(path: string, state: ShellState): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(`${path}.new`, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
  }
}

export function addRecentFiles(recent: readonly string[], paths: readonly string[]): readonly string[] {
  return [...new Set([...paths.toReversed(), ...recent])].slice(0, MOST_RECENT);
}

/** Bounds that can be seen on one of the screens; undefined where they were of a screen that is gone. */
export function findInSight(bounds: Bounds | undefined, screens: readonly Bounds[]): Bounds | undefined {
  if (bounds === undefined) return undefined;
  const seen = screens.some((screen) => {
    const right = Math.min(bounds.x + bounds.width, screen.x + screen.width);
    const left = Math.max(bounds.x, screen.x);
    // The title must be in reach, or nobody can drag the window back.
    const isTitleOn = bounds.y >= screen.y && bounds.y <= screen.y + screen.height - IN_SIGHT;
    return isTitleOn && right - left >= IN_SIGHT;
  });
  return seen ? bounds : undefined;
}

function readJson(path: string): JsonObject {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isJsonObject(value) ? value : {};
  } catch {
    // No start may fail for want of a window's place.
    return {};
  }
}

function readBounds(value: JsonObject | undefined): Bounds | undefined {
  if (value === undefined) return undefined;
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((key) => numberAt(value, key));
  if (x === undefined || y === undefined || width === undefined || height === undefined) return undefined;
  const isWhole = [x, y, width, height].every((side) => Number.isSafeInteger(side));
  return isWhole && width >= LEAST_SIDE && height >= LEAST_SIDE ? { x, y, width, height } : undefined;
}
