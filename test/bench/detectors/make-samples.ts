/** The labelled set, made from a seed: every type in every place of its half, and as many texts that hold nothing. */
import { SENSITIVE_TYPES, type BuiltInType } from '../../../core/detect/sensitive-types.ts';
import { Prng } from '../../generate/prng.ts';
import {
  HELD_OUT_NAMED,
  HELD_OUT_NOTHING,
  HELD_OUT_PASSWORDS,
  HELD_OUT_PLACES,
  heldOutPassword,
} from './held-out-half.ts';
import { plant, wrapWhole, type Sample } from './sample.ts';
import {
  TUNED_NAMED,
  TUNED_NOTHING,
  TUNED_PASSWORDS,
  TUNED_PLACES,
  tunedPassword,
  type Place,
} from './tuned-half.ts';
import { VALUES } from './values.ts';
import { HELD_OUT_FORMS, TUNED_FORMS } from './written-forms.ts';

export type Half = 'tuned' | 'held-out';

const PARTS = {
  tuned: {
    places: TUNED_PLACES,
    named: TUNED_NAMED,
    passwords: TUNED_PASSWORDS,
    password: tunedPassword,
    nothing: TUNED_NOTHING,
    forms: TUNED_FORMS,
  },
  'held-out': {
    places: HELD_OUT_PLACES,
    named: HELD_OUT_NAMED,
    passwords: HELD_OUT_PASSWORDS,
    password: heldOutPassword,
    nothing: HELD_OUT_NOTHING,
    forms: HELD_OUT_FORMS,
  },
};

/** `rounds`: how often each type stands in each place. */
export function makeSamples(half: Half, seed: number, rounds: number): readonly Sample[] {
  const random = new Prng(seed);
  const parts = PARTS[half];
  const samples: Sample[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const type of SENSITIVE_TYPES) {
      const places = NAMED_ONLY.has(type) ? [] : parts.places;
      for (const place of [...places, ...(parts.named[type] ?? [])]) {
        const value = VALUES[type](random);
        const write = random.pick(parts.forms[type] ?? [(own: string): string => own]);
        samples.push(...inWrappings(random, at(place, type, write(value)), half));
      }
    }
    for (const place of parts.passwords) samples.push(at(place, 'secret', parts.password(random)));
    for (let i = 0; i < 8; i++) {
      for (const make of parts.nothing) samples.push({ text: make(random), labels: [] });
    }
  }
  return samples;
}

/** Without a word near them these are numbers like any other, and nobody could tell. */
const NAMED_ONLY: ReadonlySet<BuiltInType> = new Set(['nl-bsn', 'ca-sin', 'in-aadhaar']);

function at(place: Place, type: BuiltInType, text: string): Sample {
  return typeof place === 'string' ? plant(place, { type, text }) : plant(place[1], { type, text }, place[0]);
}

/** The sample itself, and now and then as it stands inside of other texts. */
function inWrappings(random: Prng, sample: Sample, half: Half): readonly Sample[] {
  const kind = random.int(0, 9);
  if (kind === 0 && sample.key === undefined) return [sample, wrapWhole(sample, toBase64)];
  if (kind === 1 && sample.key === undefined && half === 'held-out')
    return [sample, wrapWhole(sample, encodeURIComponent)];
  if (kind === 2 && sample.key === undefined && half === 'tuned')
    return [sample, wrapWhole(sample, (text) => JSON.stringify(JSON.stringify(text)))];
  return [sample];
}

function toBase64(text: string): string {
  return Buffer.from(text).toString('base64');
}
