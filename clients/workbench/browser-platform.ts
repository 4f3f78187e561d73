/** A page's side of a sender: `fetch`, and the moment a page is left. The door must know the page's origin. */
import { DEFAULT_DOOR, readDoorUrl } from './door-url.ts';
import { readRetryAfter, readShouldRetry, type ClientPlatform, type PostAnswer } from './platform.ts';

export const browserPlatform: ClientPlatform = {
  findDoor: (option) => Promise.resolve(readDoorUrl(option) ?? DEFAULT_DOOR),
  post: async ({ url, body, headers, timeoutMs }): Promise<PostAnswer> => {
    const signal = AbortSignal.timeout(timeoutMs);
    // A redirect would carry the body to somebody who was not asked.
    const init = { credentials: 'omit', redirect: 'error' } as const;
    const response = await fetch(url, { method: 'POST', body, headers, signal, ...init });
    const header = (name: string): string | undefined => response.headers.get(name) ?? undefined;
    return {
      status: response.status,
      retryAfterMs: readRetryAfter(header),
      shouldRetry: readShouldRetry(header('x-should-retry')),
    };
  },
  onExit: (task) => {
    const flush = (): void => {
      if (task.isPending()) void task.flush(5000);
    };
    const page = typeof window === 'undefined' ? undefined : window;
    page?.addEventListener('pagehide', flush);
    return () => page?.removeEventListener('pagehide', flush);
  },
};
