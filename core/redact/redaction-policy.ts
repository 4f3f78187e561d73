/** What is to become of what is found: plain data, as settings hold it. */
import type { SensitiveType } from '../detect/sensitive-types.ts';

/**
 * `mask` says what stood there; `pseudonym` is the same for the same value, under one key; `drop` says nothing.
 */
export type Treatment = 'mask' | 'pseudonym' | 'drop';

export interface OwnPattern {
  readonly name: string;
  /** A regular expression of the careful kind: see own-pattern.ts. */
  readonly pattern: string;
  readonly ignoreCase?: boolean;
  readonly treatment: Treatment;
}

export interface OwnWords {
  readonly name: string;
  /** Whole words or phrases, in any case. */
  readonly words: readonly string[];
  readonly treatment: Treatment;
}

export interface RedactionPolicy {
  /** Types that are not named are not looked for. */
  readonly types: Readonly<Partial<Record<SensitiveType, Treatment>>>;
  readonly patterns?: readonly OwnPattern[];
  readonly words?: readonly OwnWords[];
  /** Fields whose values always go as a whole: a name, or a path such as `span_data.input` or `metadata.*`. */
  readonly withhold?: readonly string[];
  /** Fields that are never touched, in the same form. They win over everything else. */
  readonly keep?: readonly string[];
  /** True: images, sounds and long base64 go as a whole. */
  readonly withholdMedia?: boolean;
}
