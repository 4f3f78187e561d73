/**
 * The word that lets this page speak to its host. It arrives behind the # of the first address, which no
 * server ever sees, and moves to the tab's own storage so that it stands in no history and no copied link.
 */
const KEY = 'tracebench-token';

/** Takes the token out of the address, if it is there, and returns the one to use; undefined: none is known. */
export function takeToken(): string | undefined {
  const match = /^#t=([^&/]+)/.exec(location.hash);
  const given = match?.[1];
  if (given !== undefined) {
    sessionStorage.setItem(KEY, decodeURIComponent(given));
    history.replaceState(null, '', `${location.pathname}${location.search}#/`);
  }
  return sessionStorage.getItem(KEY) ?? undefined;
}

/** Takes a token that is typed or followed into this page later, and tells it: the page begins anew with it. */
export function watchToken(listener: () => void): void {
  addEventListener('hashchange', () => {
    if (!location.hash.startsWith('#t=')) return;
    takeToken();
    listener();
  });
}

/** Forgets a token that the host refused. */
export function dropToken(): void {
  sessionStorage.removeItem(KEY);
}
