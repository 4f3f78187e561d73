/** What a plugin gives besides code: detectors and commands, all of it data that the host uses. */
import { isJsonList, isJsonObject, ownAt, type Json, type JsonObject } from '../model/json.ts';

export interface Contributions {
  /** Patterns that redaction and export look for, too. */
  readonly detectors?: readonly DetectorContribution[];
  /** Words in the command palette, each of which runs an analysis. */
  readonly commands?: readonly CommandContribution[];
}

export interface DetectorContribution {
  /** In kebab case; it is what a finding is called. */
  readonly name: string;
  readonly pattern: string;
  /** Where given, one of them must stand near. */
  readonly keywords?: readonly string[];
}

export interface CommandContribution {
  readonly title: string;
  /** The name of one of the plugin's analyses. */
  readonly analysis: string;
}

const MOST = 100;
const KEBAB = /^(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*$/;

export function findContributionFaults(value: Json): string[] {
  if (!isJsonObject(value)) return ['"contributes" is to be an object.'];
  return Object.entries(value).flatMap(([name, list]) => {
    const check = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined;
    if (check === undefined) return [`"contributes.${name}" is unknown to this version of Tracebench.`];
    if (!isJsonList(list) || list.length > MOST) {
      return [`"contributes.${name}" is to be a list of at most ${MOST}.`];
    }
    const wrong = list.findIndex((item) => !check.fits(item));
    return wrong < 0 ? [] : [`"contributes.${name}" is to hold ${check.words}; number ${wrong + 1} is not.`];
  });
}

interface Check {
  readonly words: string;
  readonly fits: (item: Json) => boolean;
}

const CHECKS: Readonly<Record<string, Check>> = {
  detectors: {
    words: 'objects with a "name" in kebab case and a "pattern"',
    fits: (item) =>
      isJsonObject(item) &&
      hasOnly(item, ['name', 'pattern', 'keywords']) &&
      isText(item, 'name', KEBAB) &&
      isText(item, 'pattern', /^.{1,500}$/u) &&
      (item.keywords === undefined || isTexts(item.keywords)),
  },
  commands: {
    words: 'objects with a "title" and the name of an "analysis"',
    fits: (item) =>
      isJsonObject(item) &&
      hasOnly(item, ['title', 'analysis']) &&
      isText(item, 'title', /^.{1,80}$/u) &&
      isText(item, 'analysis', /^.{1,80}$/u),
  },
};

function hasOnly(item: JsonObject, names: readonly string[]): boolean {
  return Object.keys(item).every((name) => names.includes(name));
}

function isText(item: JsonObject, name: string, pattern: RegExp): boolean {
  const text = ownAt(item, name);
  return typeof text === 'string' && pattern.test(text);
}

function isTexts(value: Json): boolean {
  return isJsonList(value) && value.length <= MOST && value.every((each) => typeof each === 'string');
}
