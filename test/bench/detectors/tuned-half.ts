/** The half of the set that rules may be written against: where values stand in traces, and what only looks like one. */
import type { BuiltInType } from '../../../core/detect/sensitive-types.ts';
import type { Prng } from '../../generate/prng.ts';
import { below, digits, letters, token } from './draw.ts';

/** Texts with `{}`; a pair's first is the key that the text stands at. */
export type Place = string | readonly [key: string, text: string];

export const TUNED_PLACES: readonly Place[] = [
  'The customer wrote: {} and asked to be called back.',
  '{"customer":{"name":"J. Doe","contact":"{}"},"limit":10}',
  '{\\"arguments\\":\\"{\\\\\\"value\\\\\\":\\\\\\"{}\\\\\\"}\\"}',
  '| id | value |\n|----|-------|\n| 1 | {} |\n',
  'const customer = "{}"; // from the ticket',
  'INFO 2025-07-01T12:00:00Z tool=lookup result="{}" ms=12',
  '<customer><field>{}</field></customer>',
  ['output', '{}'],
  // Moved here from the half that is held out, when a rule was mended for it.
  'row,field,note\r\n17,{},"seen twice"\r\n',
];

/** For types that need a word near. */
export const TUNED_NAMED: Readonly<Partial<Record<BuiltInType, readonly Place[]>>> = {
  phone: ['Phone: {}', ['phone_number', '{}'], 'call me at {} tomorrow', '{"mobile":"{}"}'],
  'nl-bsn': ['BSN: {}', ['bsn', '{}']],
  'ca-sin': ['SIN {}', ['social_insurance_number', '{}']],
  'in-aadhaar': ['Aadhaar no. {}', ['aadhaar', '{}']],
};

/** What names a secret that has no form. */
export const TUNED_PASSWORDS: readonly Place[] = [
  'password={}',
  '{"password":"{}"}',
  ['api_key', '{}'],
  'DB_PASSWORD="{}"',
  'Authorization: Bearer {}',
  'postgres://app:{}@db.internal:5432/app',
  'client_secret: {}',
];

export function tunedPassword(random: Prng): string {
  return `${letters(random, 4)}${token(random, 14)}${digits(random, 2)}${random.pick(['!', '_', 'x'])}`;
}

/** Hard negatives: nothing in them is anybody's. */
export const TUNED_NOTHING: readonly ((random: Prng) => string)[] = [
  (random) => `Order no. ${digits(random, 10)} was shipped.`,
  (random) => `{"order_id":${String(1 + below(random, 9))}${digits(random, 11)},"items":3}`,
  (random) => `commit ${random.hex(40)}`,
  (random) => `sha256:${random.hex(64)}`,
  (random) => `id ${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`,
  (random) =>
    `version ${String(below(random, 20))}.${String(below(random, 40))}.${String(below(random, 300))}.${String(below(random, 9))}`,
  (random) =>
    `started 2025-0${String(1 + below(random, 9))}-1${digits(random, 1)}T1${digits(random, 1)}:22:33.${digits(random, 6)}Z`,
  (random) => `{"created_at":17${digits(random, 8)},"updated":17${digits(random, 11)}}`,
  (random) => `npm install @types/node@^20.${String(below(random, 20))}.1 vite@5.4.${digits(random, 1)}`,
  (random) => `git clone git@github.com:acme/${letters(random, 6)}.git`,
  (random) => `call_${token(random, 24)}`,
  (random) => `{"token":" ${letters(random, 4)}","logprob":-0.${digits(random, 4)}}`,
  (random) => `usage: ${digits(random, 4)} tokens in, ${digits(random, 3)} tokens out`,
  () => 'password: string; // required, at least 8 characters',
  () => 'const apiKey = process.env.OPENAI_API_KEY;',
  () => 'export OPENAI_API_KEY=<your-api-key>',
  () => 'Set the password to something strong and reset it every 90 days.',
  (random) => `Chrome/1${digits(random, 2)}.0.${digits(random, 4)}.${digits(random, 3)} Safari/537.36`,
  (random) => `Traceback: File "app.py", line ${digits(random, 3)}, in handle_${letters(random, 5)}`,
  (random) => `127.0.0.1:${digits(random, 4)} listening on 0.0.0.0`,
  (random) => `icon@2x.png icon@3x.png ${random.hex(7)}`,
  (random) => `score 0.${digits(random, 16)}`,
  (random) => `data:image/png;base64,iVBORw0KGgo${token(random, 80)}`,
  (random) =>
    `ISBN 978-3-16-1484${digits(random, 2)}-0 and tracking 1Z${token(random, 16, 'ABCDEF0123456789')}`,
];
