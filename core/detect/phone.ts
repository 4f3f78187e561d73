/**
 * Telephone numbers. They have no checksum, so one counts where its form is of telephones alone (international,
 * with a length its country has; North American with its rules), or where a word before it says so.
 */
import { isDay } from './checksums.ts';
import { isLabelledOtherwise, isNamed } from './context.ts';
import type { Detector } from './detector.ts';

const CANDIDATE =
  /(?<![\w.+]|\w[-/])(?:\+|00(?=[1-9]))?\(?\d{1,5}\)?(?:[ \t\u00a0./-]{0,2}\(?\d{1,6}\)?){1,7}(?![\w]|[./-]\d)/g;
const MAY_HOLD = /\d(?:[ \t\u00a0./()-]{0,4}\d){6}/;

const WORD =
  /(?:\b(?:tele)?phones?\b|\btel\b|\bmobile\b|\bcell(?:phone)?\b|\bfax\b|\bwhatsapp\b|\bsms\b|\bmsisdn\b|\bhandy|\btelefon|\bt[ée]l[ée]phone|\btelef|\bm[óo]vil|\bcelular|\bportable|\brufnummer|\bmobil|\bcall(?:back)? (?:me|us|him|her|them|back)|\bcaller\b|\b(?:reach|text|ring|dial)(?:ed)? (?:me|us|him|her|them)?|\bhotline|電話|电话|手机)[^\d\n]{0,28}$/i;

/** The same, wherever it stands. */
const ANYWHERE = new RegExp(WORD.source.replace(/\[\^\\d\\n\]\{0,28\}\$$/, ''), 'i');

/** Country codes, with how many digits their numbers have behind them; any other has 7 to 11. */
const LENGTHS: Readonly<Record<string, readonly [number, number]>> = {
  '1': [10, 10],
  '7': [10, 10],
  '30': [10, 10],
  '31': [9, 10],
  '32': [8, 9],
  '33': [9, 10],
  '34': [9, 9],
  '39': [8, 11],
  '41': [9, 10],
  '43': [7, 13],
  '44': [9, 11],
  '45': [8, 8],
  '46': [7, 10],
  '47': [8, 8],
  '48': [9, 9],
  '49': [6, 12],
  '52': [10, 11],
  '55': [10, 11],
  '61': [9, 10],
  '81': [9, 11],
  '86': [10, 11],
  '91': [10, 10],
  '353': [7, 10],
  '358': [6, 11],
  '420': [9, 9],
};
/** Two digits: the whole codes; what is not among them has three. */
const TWO_DIGITS = /^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

export const phone: Detector = {
  type: 'phone',
  mayHold(text, hasWord) {
    if (!MAY_HOLD.test(text)) return false;
    for (const [written] of text.matchAll(CANDIDATE)) {
      const number = written.replace(/[\s./-]+$/, '');
      const digits = number.replace(/\D/g, '');
      if (digits.length < 7 || digits.length > 16 || isDate(number)) continue;
      if (
        /^(?:\+|00)/.test(number)
          ? isInternational(digits.replace(/^00/, '').replace('(0)', ''), number)
          : NORTH_AMERICAN.test(number)
      )
        return true;
      if (digits.length <= 13 && hasWord(ANYWHERE)) return true;
    }
    return false;
  },
  find(text, found) {
    for (const match of text.matchAll(CANDIDATE)) {
      const number = match[0].replace(/[\s./-]+$/, '');
      if (isPhone(text, number, match.index)) found(match.index, match.index + number.length);
    }
  },
};

function isPhone(text: string, number: string, start: number): boolean {
  const digits = number.replace(/\D/g, '');
  if (digits.length < 7 || digits.length > 16 || /^(\d)\1*$/.test(digits)) return false;
  const isNamedPhone = isNamed(text, start, WORD);
  if (number.startsWith('+') || number.startsWith('00')) {
    const isWhole = isInternational(digits.replace(/^00/, '').replace('(0)', ''), number);
    return (
      isWhole &&
      (isNamedPhone ||
        ((number.startsWith('+') || /[ ./-]/.test(number)) && !isLabelledOtherwise(text, start)))
    );
  }
  if (isDate(number)) return false;
  if (isNamedPhone) return digits.length <= 13 && !isLabelledOtherwise(text, start) && !/\.\d\./.test(number);
  return NORTH_AMERICAN.test(number) && !isLabelledOtherwise(text, start);
}

/** `(212) 555-0142`, `212-555-0142`, `+1` or `1` before it; area and exchange as the plan has them. */
const NORTH_AMERICAN =
  /^(?:1[ .-])?(?:\([2-9](?!11)\d\d\) ?|[2-9](?!11)\d\d([.-]))[2-9](?!11)\d\d(?:\1|[ .-])\d{4}$/;

function isInternational(digits: string, number: string): boolean {
  const code = /^[17]/.test(digits)
    ? digits.charAt(0)
    : TWO_DIGITS.test(digits)
      ? digits.slice(0, 2)
      : digits.slice(0, 3);
  if (code.startsWith('0')) return false;
  const [least, most] = LENGTHS[code] ?? [7, 11];
  const rest = digits.length - code.length - (/\(0\)/.test(number) ? 1 : 0);
  return rest >= least && rest <= most;
}

/** `2024-01-15`, `15.01.2024`, `20240115`, and the same with a time behind. */
function isDate(number: string): boolean {
  const parts = /^(\d{4})[./-]?(\d\d)[./-]?(\d\d)(?!\d)/.exec(number) ?? undefined;
  if (parts !== undefined && isDay(Number(parts[1]), Number(parts[2]), Number(parts[3]))) return true;
  const turned = /^(\d\d?)[./-](\d\d?)[./-](\d{4})\b/.exec(number);
  if (turned === null) return false;
  const [, first, second, year] = turned.map(Number);
  return isDay(year ?? 0, second ?? 0, first ?? 0) || isDay(year ?? 0, first ?? 0, second ?? 0);
}
