/**
 * The half that is only measured: other places, other words, other look-alikes than the tuned half has. No rule may
 * be written against it; who mends a rule because of what stands here moves the text to the other half.
 */
import type { Prng } from '../../generate/prng.ts';
import { below, digits, letters, token } from './draw.ts';
import type { Place, TUNED_NAMED } from './tuned-half.ts';

export const HELD_OUT_PLACES: readonly Place[] = [
  'user> hi, its {}\nassistant> thanks, noted.',
  "{'tool': 'crm.update', 'kwargs': {'field': '{}', 'dry_run': False}}",
  '{"messages":[{"role":"tool","content":"{\\"rows\\":[[1,\\"{}\\"]]}"}]}',
  'a;b;c\r\nleft;{};right\r\n',
  '    assert normalise("{}") is not None\n    return rows',
  '- name: lookup\n  with:\n    needle: {}\n',
  'Found 1 result ({}), stopping here.',
  'Sehr geehrte Damen und Herren, meine Angaben: {}. Vielen Dank!',
  '**Answer:** `{}`',
  '?needle={}&page=2',
  ['note', 'as agreed {}'],
];

export const HELD_OUT_NAMED: typeof TUNED_NAMED = {
  phone: [
    'Tel. {}',
    ['contactPhone', '{}'],
    'my mobile is {}',
    'WhatsApp {} (evenings)',
    '<tel>{}</tel>',
    'fax\t{}',
  ],
  'nl-bsn': ['burgerservicenummer {}', '{"BSN": "{}"}'],
  'ca-sin': ['her Social Insurance Number is {}', '{"sin":"{}"}'],
  'in-aadhaar': ['UIDAI record {}', 'aadhaar card number: {}'],
};

export const HELD_OUT_PASSWORDS: readonly Place[] = [
  'curl -u deploy --password {} https://registry.internal',
  "os.environ['STRIPE_SECRET'] = '{}'",
  '<add key="apiKey" value="x"/><secret>none</secret> pwd: {}',
  ['clientSecret', '{}'],
  'amqp://worker:{}@queue:5672/jobs',
  '{\\"access_token\\":\\"{}\\"}',
  'the passphrase is {}',
  "headers={'Authorization': 'Bearer {}'}",
  'SECRET_KEY = "{}"',
];

export function heldOutPassword(random: Prng): string {
  return `${token(random, 8)}-${token(random, 8)}-${digits(random, 1)}${letters(random, 3)}${digits(random, 2)}`;
}

export const HELD_OUT_NOTHING: readonly ((random: Prng) => string)[] = [
  (random) => `Ihre Bestellung ${digits(random, 9)} ist unterwegs.`,
  (random) => `{"sku":"${digits(random, 4)}-${digits(random, 4)}","qty":${digits(random, 2)}}`,
  (random) => `merge ${random.hex(12)} into main (build ${digits(random, 8)})`,
  (random) => `"etag": "W/\\"${random.hex(32)}\\""`,
  (random) => `epoch_ns=17${digits(random, 17)} seq=${digits(random, 9)}`,
  (random) =>
    `kernel 6.${String(below(random, 19))}.${String(below(random, 99))}-${digits(random, 2)}-generic x86_64`,
  (random) =>
    `2025/1${String(below(random, 3))}/0${String(1 + below(random, 9))} 09:${String(10 + below(random, 49))}:07 [${digits(random, 5)}] GET /v1/items/${digits(random, 7)} 200`,
  (random) =>
    `width="${digits(random, 4)}" viewBox="0 0 ${digits(random, 4)} ${digits(random, 4)}" d="M${digits(random, 2)} ${digits(random, 2)}L${digits(random, 3)} ${digits(random, 3)}"`,
  (random) =>
    `[${digits(random, 3)}, ${digits(random, 3)}, ${digits(random, 4)}, ${digits(random, 4)}, ${digits(random, 2)}]`,
  (random) => `lat 52.${digits(random, 7)}, lon 13.${digits(random, 7)}`,
  (random) => `std::vector<a::b> c = d::e(${digits(random, 3)});`,
  (random) => `@decorator\ndef ${letters(random, 6)}(self): return self.x @ self.w`,
  (random) => `PR #${digits(random, 5)} by @${letters(random, 7)} closes #${digits(random, 4)}`,
  (random) => `toolu_${token(random, 24)} chatcmpl-${token(random, 29)}`,
  (random) => `max_tokens: ${digits(random, 4)}, session 3 of 5, pin the version`,
  () => 'if (!password) throw new Error("password is missing");',
  () => 'token = get_token(user)  # see docs for how the token is refreshed',
  () => 'api_key: ${{ secrets.DEPLOY_KEY }}',
  () => 'password: ******** (hidden)',
  (random) =>
    `pip install pandas==2.${digits(random, 1)}.${digits(random, 1)}.post${digits(random, 1)} openssl 3.0.13.${digits(random, 1)}`,
  (random) => `mac 0a:1b:2c:${random.hex(2)}:${random.hex(2)}:5f, took 12:34:56`,
  (random) => `ticket INC${digits(random, 10)} / case ${digits(random, 8)}`,
  (random) => `embedding: [0.${digits(random, 8)}, -0.${digits(random, 8)}, 0.${digits(random, 9)}]`,
  (random) =>
    `https://cdn.example.com/assets/${random.hex(20)}/app.${random.hex(8)}.js?v=${digits(random, 10)}`,
  (random) =>
    `EAN 40${digits(random, 11)}, invoice 2025-${digits(random, 6)}, flight LH ${digits(random, 4)}`,
];
