/** The settings of the built-in redaction as the policy that they stand for: host and page read them alike. */
import type { Json, JsonObject } from '../model/json.ts';
import type { Treatment } from './redaction-policy.ts';

const TREATMENTS: readonly Treatment[] = ['mask', 'pseudonym', 'drop'];

/** Not judged yet: `readPolicy` says what is wrong with it. */
export function policyOfSettings(settings: Readonly<Record<string, unknown>>): JsonObject {
  const types: Record<string, Json> = {};
  // Where a type is named twice, the stricter word holds.
  for (const treatment of TREATMENTS) for (const name of listAt(settings, treatment)) types[name] = treatment;
  const words = listAt(settings, 'words').filter((word) => word.trim() !== '');
  return {
    types,
    patterns: listAt(settings, 'patterns').map(readPattern),
    words: words.length === 0 ? [] : [{ name: 'words', words, treatment: 'mask' }],
    withhold: listAt(settings, 'withhold'),
    keep: listAt(settings, 'keep'),
    withholdMedia: settings['withholdMedia'] === true,
  };
}

/** `name=expression`; without a name the policy says what is wrong with it. */
function readPattern(line: string): Json {
  const cut = line.indexOf('=');
  return {
    name: line.slice(0, Math.max(cut, 0)).trim(),
    pattern: line.slice(cut + 1).trim(),
    treatment: 'mask',
  };
}

function listAt(settings: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  const list = settings[name];
  return Array.isArray(list) ? (list as readonly string[]) : [];
}
