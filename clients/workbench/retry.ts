/** The retry table of the tracing SDKs: which answers are worth another attempt, and how long to wait. */
import type { PostAnswer } from './platform.ts';

export const MOST_ATTEMPTS = 3;
const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 30_000;

/** Network errors, 3xx, 408, 409, 429 and 5xx are tried again; `x-should-retry` has the last word. */
export function isRetryable(answer: PostAnswer | undefined): boolean {
  if (answer === undefined) return true;
  if (answer.shouldRetry !== undefined) return answer.shouldRetry;
  const { status } = answer;
  return (status >= 300 && status < 400) || status >= 500 || [408, 409, 429].includes(status);
}

export function isDelivered(answer: PostAnswer | undefined): boolean {
  return answer !== undefined && answer.status >= 200 && answer.status < 300;
}

/** 1 s, 2 s, 4 s …, up to a tenth longer; a server may ask for more; never beyond 30 s. `random` is in [0, 1). */
export function retryDelayMs(attempt: number, answer: PostAnswer | undefined, random: number): number {
  const delay = FIRST_DELAY_MS * 2 ** (attempt - 1) * (1 + random / 10);
  return Math.min(Math.max(delay, answer?.retryAfterMs ?? 0), LONGEST_DELAY_MS);
}
