/** International bank account numbers: a country that has them, its length, and mod 97. */
import { mod97 } from './checksums.ts';
import type { Detector } from './detector.ts';

const LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ' +
    'ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 ' +
    'LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 ' +
    'QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry): [string, number] => [entry.slice(0, 2), Number(entry.slice(2))]),
);

const HEAD = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?=[ \t\n\r-]{0,2}[A-Za-z0-9])/g;
const ANY_HEAD = new RegExp(HEAD.source);

export const iban: Detector = {
  type: 'iban',
  mayHold(text) {
    let isThere = false;
    if (ANY_HEAD.test(text)) iban.find(text, () => (isThere = true));
    return isThere;
  },
  find(text, found) {
    for (const match of text.matchAll(HEAD)) {
      const length = LENGTHS.get(match[0].slice(0, 2).toUpperCase());
      const end = length === undefined ? undefined : findEnd(text, match.index, length);
      if (end === undefined) continue;
      const account = text.slice(match.index, end).replace(/[^A-Za-z0-9]/g, '');
      if (mod97(account.slice(4) + account.slice(0, 4)) === 1) found(match.index, end);
    }
  },
};

/** Where so many letters and digits end, with at most two separators between any of them. */
function findEnd(text: string, start: number, length: number): number | undefined {
  let gap = 0;
  let count = 0;
  for (let i = start; i < text.length; i++) {
    if (/[A-Za-z0-9]/.test(text.charAt(i))) {
      gap = 0;
      count++;
      if (count === length) return /[A-Za-z0-9]/.test(text.charAt(i + 1)) ? undefined : i + 1;
    } else if (++gap > 2 || !/[ \t\n\r-]/.test(text.charAt(i))) return undefined;
  }
  return undefined;
}
