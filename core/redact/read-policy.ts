/** Reads a policy out of settings, whoever wrote them: what is wrong is said in sentences, one a fault. */
import { isJsonList, isJsonObject, ownAt, stringAt, type Json, type JsonObject } from '../model/json.ts';
import { readOwnPattern } from '../detect/own-pattern.ts';
import { findType, type BuiltInType } from '../detect/sensitive-types.ts';
import type { OwnPattern, OwnWords, RedactionPolicy, Treatment } from './redaction-policy.ts';

export type PolicyRead =
  | { readonly kind: 'policy'; readonly policy: RedactionPolicy }
  | { readonly kind: 'faults'; readonly faults: readonly string[] };

const TREATMENTS: readonly Treatment[] = ['mask', 'pseudonym', 'drop'];
const MOST_RULES = 200;
const MOST_WORDS = 100_000;
/** The form that markers have: see markers.ts. */
const NAME = /^[a-z][a-z0-9-]{0,39}$/;

export function readPolicy(value: Json): PolicyRead {
  if (!isJsonObject(value)) return { kind: 'faults', faults: ['A policy is an object.'] };
  const faults: string[] = [];
  const say = (fault: string): void => {
    faults.push(fault);
  };
  const policy: RedactionPolicy = {
    types: readTypes(ownAt(value, 'types') ?? {}, say),
    patterns: readList(value, 'patterns', say).flatMap((own) => readPattern(own, say)),
    words: readList(value, 'words', say).flatMap((own) => readWords(own, say)),
    withhold: readTexts(ownAt(value, 'withhold') ?? [], 'withhold', MOST_RULES, say),
    keep: readTexts(ownAt(value, 'keep') ?? [], 'keep', MOST_RULES, say),
    withholdMedia: ownAt(value, 'withholdMedia') === true,
  };
  const names = [...(policy.patterns ?? []), ...(policy.words ?? [])].map(({ name }) => name);
  for (const name of names) {
    if (names.indexOf(name) !== names.lastIndexOf(name)) say(`The name ${name} is used twice.`);
  }
  return faults.length === 0 ? { kind: 'policy', policy } : { kind: 'faults', faults: [...new Set(faults)] };
}

type Say = (fault: string) => void;

function readTypes(value: Json, say: Say): RedactionPolicy['types'] {
  const types: Partial<Record<BuiltInType, Treatment>> = {};
  if (!isJsonObject(value)) {
    say('`types` is an object: a type, and mask, pseudonym or drop.');
    return types;
  }
  for (const [name, own] of Object.entries(value)) {
    const type = findType(name);
    const treatment = findTreatment(own);
    if (type === undefined) say(`${JSON.stringify(name.slice(0, 60))} is no type that can be found.`);
    else if (treatment === undefined) say(`What becomes of ${name} must be mask, pseudonym or drop.`);
    else types[type] = treatment;
  }
  return types;
}

function findTreatment(value: Json | undefined): Treatment | undefined {
  return TREATMENTS.find((treatment) => treatment === value);
}

function readList(value: JsonObject, field: string, say: Say): readonly JsonObject[] {
  const list = ownAt(value, field) ?? [];
  if (isJsonList(list) && list.length <= MOST_RULES && list.every(isJsonObject)) return list;
  say(`\`${field}\` is a list of at most ${String(MOST_RULES)} objects.`);
  return [];
}

/** What patterns and word lists have in common; undefined where that is already wrong. */
function readOwn(
  own: JsonObject,
  say: Say,
): { readonly name: string; readonly treatment: Treatment } | undefined {
  const name = stringAt(own, 'name') ?? '';
  const treatment = findTreatment(ownAt(own, 'treatment') ?? 'mask');
  if (!NAME.test(name)) say('The name of an own rule has small letters, digits and dashes, 40 at most.');
  else if (treatment === undefined) say(`What becomes of ${name} must be mask, pseudonym or drop.`);
  else return { name, treatment };
  return undefined;
}

function readPattern(own: JsonObject, say: Say): readonly OwnPattern[] {
  const head = readOwn(own, say);
  if (head === undefined) return [];
  const pattern = stringAt(own, 'pattern') ?? '';
  const ignoreCase = ownAt(own, 'ignoreCase') === true;
  const read = readOwnPattern(head.name, pattern, ignoreCase);
  if (read.kind === 'detector') return [{ ...head, pattern, ignoreCase }];
  say(`The pattern ${head.name} cannot be used. ${read.says}`);
  return [];
}

function readWords(own: JsonObject, say: Say): readonly OwnWords[] {
  const head = readOwn(own, say);
  if (head === undefined) return [];
  return [{ ...head, words: readTexts(ownAt(own, 'words') ?? [], head.name, MOST_WORDS, say) }];
}

function readTexts(value: Json, field: string, most: number, say: Say): readonly string[] {
  const texts = isJsonList(value)
    ? value.filter((text) => typeof text === 'string' && text.length <= 200)
    : [];
  if (isJsonList(value) && texts.length === value.length && texts.length <= most) return texts.filter(isText);
  say(`\`${field}\` is a list of at most ${String(most)} texts of 200 characters.`);
  return [];
}

function isText(value: Json): value is string {
  return typeof value === 'string';
}
