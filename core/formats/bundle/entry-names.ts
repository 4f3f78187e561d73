/** Judges the names in a bundle before anything is read: no entry may ever become a path somewhere else. */
import type { MessageCode } from '../messages.ts';

const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)/i;
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const BAD_CHARACTER = /[\u0000-\u001f\u007f\\:*?"<>|]/;
const MOST_CHARACTERS = 200;

/** The code of what is wrong with a name; undefined where nothing is. */
export function judgeEntryName(name: string): MessageCode | undefined {
  if (name === '' || name.length > MOST_CHARACTERS || name.startsWith('/')) return 'bundle-bad-name';
  if (BAD_CHARACTER.test(name)) return 'bundle-bad-name';
  const steps = name.split('/');
  const isBad = steps.some(
    (step) => step === '' || step === '.' || step === '..' || /[. ]$/.test(step) || DEVICE.test(step),
  );
  return isBad ? 'bundle-bad-name' : undefined;
}

/** The first name that is there twice, also where two differ in case or in how a letter is composed. */
export function findDoubleName(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  for (const name of names) {
    const key = name.normalize('NFC').toLowerCase();
    if (seen.has(key)) return name;
    seen.add(key);
  }
  return undefined;
}
