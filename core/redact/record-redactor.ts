/** Takes out of any record what a policy names: every text of it, keys included. Synchronous and idempotent. */
import { isMarkedNumber } from '../model/exact-json.ts';
import type { Json } from '../model/json.ts';
import { lookAtBytes } from '../detect/look/line-look.ts';
import { lookAtText, maskOf } from '../detect/look/look-at-text.ts';
import type { SensitiveType } from '../detect/sensitive-types.ts';
import { isStructuralId, isTimeKey } from './id-fields.ts';
import { MARK, markOf, WITHHELD_MARK } from './markers.ts';
import { isMedia, MEDIA_MARK } from './media.ts';
import { normaliseFound } from './normalise-found.ts';
import { PlaceCounts, type RedactedPlace, type SensitiveCounts } from './place-counts.ts';
import { makePolicyParts, type PolicyParts } from './policy-parts.ts';
import { redactText } from './redact-text.ts';
import type { RedactionPolicy } from './redaction-policy.ts';
import { walkRecord } from './walk-record.ts';

export type { RedactionPolicy } from './redaction-policy.ts';
export type { RedactedPlace, SensitiveCounts } from './place-counts.ts';

export interface Redacted {
  readonly value: Json;
  readonly counts: SensitiveCounts;
  /** Values that went as a whole, by a rule of the policy. */
  readonly withheld: number;
  readonly places: readonly RedactedPlace[];
  readonly changed: boolean;
}

export interface RecordRedactor {
  redact(value: Json): Redacted;
  /** False where a line of JSON holds nothing that `redact` would change: costs one scan. */
  mayChange(line: string): boolean;
  /** The same of a line as bytes that stand at `[start, end)`. */
  mayChangeBytes(bytes: Uint8Array, start: number, end: number): boolean;
}

/**
 * `keyedHash`: at least 32 hexadecimal digits that tell nothing of the text to whoever lacks the key.
 * The policy is one that `readPolicy` has read: an own pattern of it that is refused throws here.
 */
export function makeRecordRedactor(
  policy: RedactionPolicy,
  keyedHash: (text: string) => string,
): RecordRedactor {
  const parts = makePolicyParts(policy);
  const { choice, isAlwaysRead } = parts;
  const mask = maskOf(choice);
  return {
    mayChange: (line) => isAlwaysRead || (mask !== 0 && lookAtText(line, mask) !== 0),
    mayChangeBytes: (bytes, start, end) =>
      isAlwaysRead || (mask !== 0 && lookAtBytes(bytes, start, end, mask) !== 0),
    redact(value) {
      const counts = new PlaceCounts();
      const look = new RedactingLook(parts, keyedHash, counts);
      const copy = walkRecord(value, look);
      const changed = counts.total > 0;
      return {
        value: changed ? copy : value,
        counts: counts.byType(),
        withheld: counts.withheld,
        places: counts.places(),
        changed,
      };
    },
  };
}

/** A smaller number is no card, no account and no person's. */
const LEAST_NUMBER = 1_000_000;

class RedactingLook {
  readonly #parts: PolicyParts;
  readonly #keyedHash: (text: string) => string;
  readonly #counts: PlaceCounts;

  constructor(parts: PolicyParts, keyedHash: (text: string) => string, counts: PlaceCounts) {
    this.#parts = parts;
    this.#keyedHash = keyedHash;
    this.#counts = counts;
  }

  value(value: Json, path: readonly string[]): Json | undefined {
    const { keep, withhold } = this.#parts;
    if (value === null || value === '') return value;
    if (!keep.isEmpty && keep.matches(path)) return value;
    if (!withhold.isEmpty && withhold.matches(path)) {
      return value === WITHHELD_MARK ? value : this.#counts.withhold(path, WITHHELD_MARK);
    }
    if (typeof value === 'boolean') return value;
    if (typeof value === 'string')
      return isMarkedNumber(value) ? this.#longNumber(value, path) : this.#text(value, path);
    return typeof value === 'number' ? this.#number(value, path) : undefined;
  }

  key(key: string, path: readonly string[]): string {
    return redactText(key, undefined, {
      choice: this.#parts.choice,
      mark: (type, found) => this.#mark(type, found, false),
      count: (type) => this.#counts.add(path, type),
    });
  }

  /** A number that no double holds, as `parseExactJson` carries it: it keeps its digits, or goes. */
  #longNumber(marked: string, path: readonly string[]): Json {
    const digits = marked.slice(1);
    if (isTimeKey(path.at(-1) ?? '')) return marked;
    const text = this.#text(digits, path);
    return text === digits ? marked : text;
  }

  #number(value: number, path: readonly string[]): Json {
    if (!Number.isSafeInteger(value) || value < LEAST_NUMBER || isTimeKey(path.at(-1) ?? '')) return value;
    const digits = String(value);
    const text = this.#text(digits, path);
    return text === digits ? value : text;
  }

  #text(text: string, path: readonly string[]): string {
    const { choice, idChoice, withholdMedia } = this.#parts;
    if (withholdMedia && isMedia(text)) return this.#counts.withhold(path, MEDIA_MARK);
    const key = path.at(-1);
    const isId = isStructuralId(key, text.includes('[') ? text.replace(MARK, '') : text);
    // Ids tie records together: what stands for one is the same everywhere.
    const isTie = isId || key === 'group_id';
    return redactText(text, isId ? undefined : key?.replace(MARK, ''), {
      choice: isId ? idChoice : choice,
      mark: (type, found) => this.#mark(type, found, isTie),
      count: (type) => this.#counts.add(path, type),
    });
  }

  #mark(type: SensitiveType, found: string, isTie: boolean): string {
    const treatment = isTie ? 'pseudonym' : (this.#parts.treatments.get(type) ?? 'mask');
    return markOf(type, treatment, () => this.#keyedHash(`${type}\0${normaliseFound(type, found)}`));
  }
}
