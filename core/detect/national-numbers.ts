/**
 * Numbers that a state gives to a person, one entry a number: its form, its check, and the word that must stand
 * near where form and check alone would take other numbers for it.
 */
import {
  isDay,
  isRepeated,
  mod97,
  passesLuhn,
  passesMod11And10,
  passesVerhoeff,
  weigh,
} from './checksums.ts';
import { isLabelledOtherwise, isNamed } from './context.ts';
import type { Detector } from './detector.ts';
import type { BuiltInType } from './sensitive-types.ts';
import { passesCodiceFiscale } from './codice-fiscale.ts';

interface NationalNumber {
  readonly type: BuiltInType;
  /** What stands between letters and digits of other words; separators included. */
  readonly form: string;
  /** Gets letters in capitals and digits, without separators. */
  readonly passes: (compact: string) => boolean;
  /** These must stand before it. */
  readonly words?: RegExp;
  /** Where the form is written so, no word is needed. */
  readonly plainForm?: RegExp;
}

const NUMBERS: readonly NationalNumber[] = [
  {
    type: 'us-ssn',
    form: '(?!000|666)\\d{3}([- ]?)(?!00)\\d{2}\\1(?!0000)\\d{4}',
    passes: (digits) => !isRepeated(digits) && (!digits.startsWith('9') || ITIN.test(digits)),
    words: /\b(?:ssn|social security|soc sec|itin|tin|tax(?:payer)? ?id)\b[^\n]{0,24}$/i,
    plainForm: /^[0-8]\d\d-\d\d-\d{4}$/,
  },
  {
    type: 'uk-nino',
    form: '(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d\\d ?\\d\\d ?\\d\\d ?[A-D]',
    passes: () => true,
  },
  {
    type: 'de-tax-id',
    form: '[1-9]\\d ?\\d{3} ?\\d{3} ?\\d{3}',
    passes: (digits) => hasOneRepeat(digits.slice(0, 10)) && passesMod11And10(digits),
  },
  {
    type: 'it-fiscal-code',
    form: '[A-Za-z]{6} ?[\\dLMNP-V]{2}[A-EHLMPR-Ta-ehlmpr-t][\\dLMNP-V]{2} ?[A-Za-z][\\dLMNP-V]{3} ?[A-Za-z]',
    passes: passesCodiceFiscale,
  },
  {
    type: 'es-dni',
    form: '(?:\\d{8}|[XYZxyz][- ]?\\d{7})[- ]?[A-HJ-NP-TV-Za-hj-np-tv-z]',
    passes: (text) => {
      const number = Number(text.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter))));
      return 'TRWAGMYFPDXBNJZSQVHLCKE'.charAt(number % 23) === text.at(-1);
    },
    words: /\b(?:dni|nie|nif|documento|identidad)\b[^\n]{0,24}$/i,
    plainForm: /^(?:\d{8}|[XYZ][- ]?\d{7})[- ]?[A-Z]$/,
  },
  {
    type: 'fr-nir',
    form: '[123478] ?\\d\\d ?(?:0[1-9]|1[0-2]|[2-9]\\d) ?(?:\\d\\d|2[ABab]) ?\\d{3} ?\\d{3} ?\\d\\d',
    passes: (text) => {
      const number = text.slice(0, 13).replace('2A', '19').replace('2B', '18');
      return 97 - mod97(number) === Number(text.slice(13));
    },
  },
  {
    type: 'nl-bsn',
    form: '\\d{4}[. ]?\\d\\d[. ]?\\d{3}',
    passes: (digits) => !isRepeated(digits) && weigh(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
    words: /\b(?:bsn|burgerservice(?:nummer)?|sofi(?:nummer)?|citizen service)\b[^\n]{0,24}$/i,
  },
  {
    type: 'ca-sin',
    form: '[1-9]\\d\\d[- ]?\\d{3}[- ]?\\d{3}',
    passes: passesLuhn,
    words: /\b(?:sin|social insurance|nas|assurance sociale)\b[^\n]{0,24}$/i,
  },
  {
    type: 'br-cpf',
    form: '\\d{3}\\.?\\d{3}\\.?\\d{3}-?\\d\\d',
    passes: passesCpf,
    words: /\b(?:cpf|cadastro|contribuinte)\b[^\n]{0,24}$/i,
    plainForm: /^\d{3}\.\d{3}\.\d{3}-\d\d$|^\d{11}$/,
  },
  {
    type: 'in-aadhaar',
    form: '[2-9]\\d{3}[ -]?\\d{4}[ -]?\\d{4}',
    passes: passesVerhoeff,
    words: /(?:\ba{1,2}dha{1,2}r\b|\buid(?:ai)?\b|आधार)[^\n]{0,24}$/i,
  },
  {
    type: 'se-personnummer',
    form: '(?:(?:18|19|20)\\d\\d|\\d\\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])[-+]?\\d{4}',
    passes: passesPersonnummer,
    words: /(?:\bpersonnummer\b|\bpersonal (?:number|identity)|\bpnr\b|\bsamordningsnummer\b)[^\n]{0,24}$/i,
    plainForm: /^\d{6}[-+]\d{4}$|^(?:19)\d{6}-\d{4}$/,
  },
  {
    type: 'fi-hetu',
    form: '(?:0[1-9]|[12]\\d|3[01])(?:0[1-9]|1[0-2])\\d\\d[-+A-FU-Y]\\d{3}[0-9A-FHJ-NPR-Y]',
    passes: (text) => {
      const number = Number(text.replace(/^(\d{6})\D?(\d{3}).$/, '$1$2'));
      return '0123456789ABCDEFHJKLMNPRSTUVWXY'.charAt(number % 31) === text.at(-1);
    },
  },
  {
    type: 'cn-resident-id',
    form: '[1-6]\\d{5}(?:19|20)\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}[\\dXx]',
    passes: (text) =>
      '10X98765432'.charAt(weigh(text, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11) ===
      text.at(-1),
  },
];

const ITIN = /^9\d\d(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])/;

/** One digit stands twice or three times, no other more than once. */
function hasOneRepeat(digits: string): boolean {
  const counts = Array.from('0123456789', (one) => digits.split(one).length - 1);
  return counts.filter((count) => count > 1).length === 1 && Math.max(...counts) <= 3;
}

function passesCpf(digits: string): boolean {
  if (isRepeated(digits)) return false;
  const first = ((weigh(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10;
  const second = ((weigh(digits, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10;
  return digits.endsWith(`${String(first)}${String(second)}`);
}

function passesPersonnummer(digits: string): boolean {
  const year = digits.length === 12 ? Number(digits.slice(0, 4)) : 1904;
  const short = digits.slice(-10);
  return isDay(year, Number(short.slice(2, 4)), Number(short.slice(4, 6))) && passesLuhn(short);
}

export const nationalNumbers: readonly Detector[] = NUMBERS.map(makeDetector);

function makeDetector({ type, form, passes, words, plainForm }: NationalNumber): Detector {
  const pattern = new RegExp(`(?<![\\w.+]|\\w[-+/])(?:${form})(?![\\w]|[-+/.]\\w)`, 'g');
  const anywhere = words && new RegExp(words.source.replace(/\[\^\\n\]\{0,24\}\$$/, ''), words.flags);
  const check = (written: string): boolean => passes(written.replace(/[^\dA-Za-z]/g, '').toUpperCase());
  return {
    type,
    mayHold(text, hasWord) {
      for (const [written] of text.matchAll(pattern)) {
        if (!check(written)) continue;
        if (anywhere === undefined || plainForm?.test(written) === true || hasWord(anywhere)) return true;
      }
      return false;
    },
    find(text, found) {
      for (const match of text.matchAll(pattern)) {
        const [written] = match;
        const isPlain = words === undefined || plainForm?.test(written) === true;
        const isNear = words !== undefined && isNamed(text, match.index, words);
        if (!isNear && (!isPlain || isLabelledOtherwise(text, match.index))) continue;
        if (check(written)) found(match.index, match.index + written.length);
      }
    },
  };
}
