/** Payment cards: Luhn, an issuer that there is, its lengths, and groups as cards are written. */
import { isRepeated, passesLuhn } from './checksums.ts';
import { isLabelledOtherwise, isNamed } from './context.ts';
import type { Detector } from './detector.ts';

const GAP = '[ \\t\\n\\r.-]{1,3}';
const CARD = new RegExp(
  `(?<![\\w.]|\\w-|\\d )(?:${[
    `\\d{4}(?:${GAP}\\d{4}){3}(?:${GAP}\\d{3})?`,
    `\\d{4}${GAP}\\d{6}${GAP}\\d{4,5}`,
    `\\d{13,19}`,
  ].join('|')})(?![\\w]|-\\w|\\.\\d| \\d{4}\\b)`,
  'g',
);

/** First digits of an issuer's cards, from and to, and how long they are. */
const ISSUERS: readonly (readonly [from: string, to: string, lengths: readonly number[]])[] = [
  ['4', '4', [13, 16, 19]],
  ['51', '55', [16]],
  ['2221', '2720', [16]],
  ['34', '34', [15]],
  ['37', '37', [15]],
  ['6011', '6011', [16, 19]],
  ['644', '659', [16, 19]],
  ['300', '305', [14]],
  ['3095', '3095', [14]],
  ['36', '36', [14]],
  ['38', '39', [14, 16]],
  ['3528', '3589', [16, 19]],
  ['62', '62', [16, 17, 18, 19]],
  ['2200', '2204', [16]],
  ['5018', '5018', [16]],
  ['5020', '5020', [16]],
  ['5038', '5038', [16]],
  ['6304', '6304', [16]],
  ['6759', '6763', [16]],
];

const CARD_WORD =
  /card|visa|master|amex|american express|discover|diners|jcb|\bpan\b|kreditkarte|carte|tarjeta|credit|debit/i;

export const card: Detector = {
  type: 'card',
  mayHold(text) {
    for (const [written] of text.matchAll(CARD)) if (isCard(written.replace(/\D/g, ''))) return true;
    return false;
  },
  find(text, found) {
    for (const match of text.matchAll(CARD)) {
      const digits = match[0].replace(/\D/g, '');
      if (!isCard(digits)) continue;
      const isOther = isLabelledOtherwise(text, match.index) && !isNamed(text, match.index, CARD_WORD);
      if (!isOther) found(match.index, match.index + match[0].length);
    }
  },
};

function isCard(digits: string): boolean {
  return hasIssuer(digits) && passesLuhn(digits) && !isRepeated(digits);
}

function hasIssuer(digits: string): boolean {
  return ISSUERS.some(([from, to, lengths]) => {
    const head = digits.slice(0, from.length);
    return head >= from && head <= to && lengths.includes(digits.length);
  });
}
