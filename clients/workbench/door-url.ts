/** The door's base URL, written one way, whatever a person gave. */

export const DEFAULT_DOOR = 'http://127.0.0.1:4318';

/**
 * Without a path of the door's own or a slash at the end; undefined where it is no http address. One with a `#`
 * is that of the page with its token, which `TRACEBENCH_URL` may hold for the command line: no door either.
 */
export function readDoorUrl(text: string | undefined): string | undefined {
  if (text === undefined || text.trim() === '' || text.includes('#')) return undefined;
  try {
    const url = new URL(text.trim());
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
    const path = url.pathname.replace(/\/+$/, '').replace(/(\/v1)?\/(events|traces(\/ingest)?)$/, '');
    return `${url.origin}${path}`;
  } catch {
    return undefined;
  }
}
