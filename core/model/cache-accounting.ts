/** Whether an input was reported with its cached part. Emitters differ, and only the numbers can tell. */

/** Whether the input was reported with its cached part, and how that was found out. */
export interface CacheAccounting {
  readonly mode: 'inclusive' | 'exclusive';
  /** Part of a sentence: `the total is input, cache and output`. */
  readonly reason: string;
}

export interface AccountedTokens {
  readonly input: number | undefined;
  readonly output: number | undefined;
  readonly total: number | undefined;
  /** Read from the cache and written to it, together. */
  readonly cached: number;
}

/** `habit`: how the convention counts where the numbers themselves do not tell. */
export function judgeAccounting(
  { input, output, total, cached }: AccountedTokens,
  habit: CacheAccounting['mode'],
): CacheAccounting {
  if (input !== undefined && output !== undefined && total !== undefined) {
    if (total === input + output) {
      // The total itself may have been made by adding up what excludes the cache.
      if (cached > input) return { mode: 'exclusive', reason: 'more was cached than the input holds' };
      return { mode: 'inclusive', reason: 'the total is input and output' };
    }
    if (total === input + cached + output) {
      return { mode: 'exclusive', reason: 'the total is input, cache and output' };
    }
  }
  if (input !== undefined && cached > input) {
    return { mode: 'exclusive', reason: 'more was cached than the input holds' };
  }
  return { mode: habit, reason: 'the convention counts so' };
}
