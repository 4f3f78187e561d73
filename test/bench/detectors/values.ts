/** Makes values of every type that are valid and nobody's, by their own arithmetic: not by that of the detectors. */
import type { BuiltInType } from '../../../core/detect/sensitive-types.ts';
import type { Prng } from '../../generate/prng.ts';
import { below, digits, letters, token } from './draw.ts';

export type MakeValue = (random: Prng) => string;

function luhnDigit(head: string): string {
  let sum = 0;
  Array.from(head)
    .reverse()
    .forEach((own, i) => {
      const twice = Number(own) * (i % 2 === 0 ? 2 : 1);
      sum += Math.floor(twice / 10) + (twice % 10);
    });
  return String((10 - (sum % 10)) % 10);
}

export const makeCardNumber: MakeValue = (random) => {
  const [head, length] = random.pick([
    ['4', 16],
    ['51', 16],
    ['55', 16],
    ['2221', 16],
    ['34', 15],
    ['37', 15],
    ['6011', 16],
    ['3530', 16],
    ['36', 14],
  ] as const);
  const body = head + digits(random, length - head.length - 1);
  return body + luhnDigit(body);
};

export const makeIban: MakeValue = (random) => {
  const [country, length] = random.pick([
    ['DE', 22],
    ['FR', 27],
    ['NL', 18],
    ['GB', 22],
    ['ES', 24],
    ['IT', 27],
    ['CH', 21],
    ['NO', 15],
  ] as const);
  const bank = country === 'GB' || country === 'NL' ? letters(random, 4).toUpperCase() : '';
  const account = bank + digits(random, length - 4 - bank.length);
  const plain = Array.from(`${account}${country}00`, (one) => String(parseInt(one, 36))).join('');
  return country + String(98n - (BigInt(plain) % 97n)).padStart(2, '0') + account;
};

const ODD_PLACES = '1,0,5,7,9,13,15,17,19,21,2,4,18,20,11,3,6,8,12,14,16,10,22,25,24,23'
  .split(',')
  .map(Number);

const makeFiscalCode: MakeValue = (random) => {
  const day = String(1 + below(random, 28)).padStart(2, '0');
  const body = `${letters(random, 6).toUpperCase()}${digits(random, 2)}${random.pick(Array.from('ABCDEHLMPRST'))}${day}H${digits(random, 3)}`;
  const sum = Array.from(body).reduce((all, one, i) => {
    const value = /\d/.test(one) ? Number(one) : one.charCodeAt(0) - 65;
    return all + (i % 2 === 0 ? (ODD_PLACES[value] ?? 0) : value);
  }, 0);
  return body + String.fromCharCode(65 + (sum % 26));
};

/** Draws until the rule, written once more and differently, holds. */
function drawUntil(make: MakeValue, holds: (value: string) => boolean): MakeValue {
  return (random) => {
    for (;;) {
      const value = make(random);
      if (holds(value)) return value;
    }
  };
}

const sumOf = (text: string, weights: readonly number[]): number =>
  Array.from(text).reduce((sum, one, i) => sum + Number(one) * (weights[i] ?? 0), 0);

function mod11And10(text: string): boolean {
  let p = 10;
  for (const one of text.slice(0, 10)) {
    let s = (Number(one) + p) % 10;
    if (s === 0) s = 10;
    p = (2 * s) % 11;
  }
  return String((11 - p) % 10) === text.charAt(10);
}

const makeTaxId = drawUntil(
  (random) => {
    const order = Array.from('0123456789').sort(() => random.next() - 0.5);
    order[below(random, 9) + 1] = order[0] ?? '1';
    return order.join('') + digits(random, 1);
  },
  (value) => !value.startsWith('0') && mod11And10(value),
);

const makeCpf: MakeValue = (random) => {
  const body = digits(random, 9);
  const check = (text: string): string => {
    const rest = Array.from(text).reduce((sum, one, i) => sum + Number(one) * (text.length + 1 - i), 0) % 11;
    return rest < 2 ? '0' : String(11 - rest);
  };
  const first = check(body);
  return body + first + check(body + first);
};

/** The permutations of Verhoeff by arithmetic of the dihedral group, where a detector has a table. */
function verhoeff(text: string): boolean {
  const multiply = (a: number, b: number): number =>
    a < 5
      ? b < 5
        ? (a + b) % 5
        : ((a + b - 5) % 5) + 5
      : b < 5
        ? ((a - 5 - b + 5) % 5) + 5
        : (a - b + 5) % 5;
  const move = (value: number, times: number): number => {
    let own = value;
    for (let i = 0; i < times; i++) own = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4][own] ?? 0;
    return own;
  };
  return (
    Array.from(text)
      .reverse()
      .reduce((state, one, i) => multiply(state, move(Number(one), i % 8)), 0) === 0
  );
}

const two = (value: number): string => String(value).padStart(2, '0');
const date = (random: Prng): { year: number; month: string; day: string } => ({
  year: 1940 + below(random, 65),
  month: two(1 + below(random, 12)),
  day: two(1 + below(random, 28)),
});

export const VALUES: Readonly<Record<BuiltInType, MakeValue>> = {
  card: makeCardNumber,
  iban: makeIban,
  'us-ssn': (random) =>
    `${String(100 + below(random, 560))}-${two(1 + below(random, 99))}-${String(1000 + below(random, 9000))}`,
  'uk-nino': (random) =>
    `${random.pick(['AB', 'CE', 'JG', 'PX', 'SH', 'TW'])}${digits(random, 6)}${random.pick(['A', 'B', 'C', 'D'])}`,
  'de-tax-id': makeTaxId,
  'it-fiscal-code': makeFiscalCode,
  'es-dni': (random) => {
    const number = digits(random, 8);
    return number + 'TRWAGMYFPDXBNJZSQVHLCKE'.charAt(Number(number) % 23);
  },
  'fr-nir': (random) => {
    const { year, month } = date(random);
    const body = `${random.pick(['1', '2'])}${String(year % 100).padStart(2, '0')}${month}${two(10 + below(random, 85))}${digits(random, 6)}`;
    return body + two(97 - Number(BigInt(body) % 97n));
  },
  'nl-bsn': drawUntil(
    (random) => `1${digits(random, 8)}`,
    (own) => sumOf(own, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
  ),
  'ca-sin': (random) => {
    const body = `${String(1 + below(random, 7))}${digits(random, 7)}`;
    return body + luhnDigit(body);
  },
  'br-cpf': makeCpf,
  'in-aadhaar': drawUntil((random) => `${String(2 + below(random, 8))}${digits(random, 11)}`, verhoeff),
  'se-personnummer': (random) => {
    const { year, month, day } = date(random);
    const body = `${two(year % 100)}${month}${day}${digits(random, 3)}`;
    return `${body.slice(0, 6)}-${body.slice(6)}${luhnDigit(body)}`;
  },
  'fi-hetu': (random) => {
    const { year, month, day } = date(random);
    const head = `${day}${month}${two(year % 100)}`;
    const number = String(100 + below(random, 800));
    const mark = year < 2000 ? '-' : 'A';
    return `${head}${mark}${number}${'0123456789ABCDEFHJKLMNPRSTUVWXY'.charAt(Number(head + number) % 31)}`;
  },
  'cn-resident-id': (random) => {
    const { year, month, day } = date(random);
    const body = `${random.pick(['110101', '310104', '440305'])}${String(year)}${month}${day}${digits(random, 3)}`;
    const rest = Array.from(body).reduce((sum, one, i) => sum + Number(one) * (2 ** (17 - i) % 11), 0) % 11;
    return body + String((12 - rest) % 11).replace('10', 'X');
  },
  email: (random) =>
    `${letters(random, 3 + below(random, 6))}${random.pick(['.', '_', '-', '+'])}${letters(random, 4)}${random.pick(['', digits(random, 2)])}@${letters(random, 6)}.${random.pick(['com', 'example', 'co.uk', 'de', 'io', 'org'])}`,
  phone: (random) =>
    random.pick([
      (): string => `+49 1${random.pick(['51', '60', '70'])} ${digits(random, 7)}`,
      (): string => `+1 ${String(2 + below(random, 7))}${digits(random, 1)}2 555 ${digits(random, 4)}`,
      (): string => `+44 20 7${digits(random, 3)} ${digits(random, 4)}`,
      (): string => `(${String(2 + below(random, 7))}02) 555-${digits(random, 4)}`,
      (): string => `+336${digits(random, 8)}`,
    ])(),
  ip: (random) =>
    random.pick([
      `${String(128 + below(random, 94))}.${String(below(random, 256))}.${String(below(random, 256))}.${String(1 + below(random, 254))}`,
      `2001:db8:${token(random, 4, HEX)}::${token(random, 3, HEX)}`,
      `192.168.${String(below(random, 256))}.${String(1 + below(random, 254))}`,
    ]),
  secret: (random) =>
    random.pick([
      `sk-proj-${token(random, 40)}7`,
      `ghp_${token(random, 36)}`,
      `AKIA${token(random, 16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
      `xoxb-${digits(random, 11)}-${digits(random, 12)}-${token(random, 24)}`,
      `AIza${token(random, 35)}`,
      `sk_live_${token(random, 24)}`,
      `eyJhbGciOiJIUzI1NiJ9.eyJ${token(random, 30)}.${token(random, 43)}`,
    ]),
};

const HEX = '0123456789abcdef';
