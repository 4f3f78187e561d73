/** What a page may never do here, whatever a trace on it says: go elsewhere, open windows, ask for rights. */
import type { Session, WebContents, WebFrameMain } from 'electron';
import { PAGE_ORIGIN } from './page-origin.ts';

/** Storage that the system does not clear by itself, and the copy buttons. Reading the clipboard is not in it. */
const GRANTED: ReadonlySet<string> = new Set(['persistent-storage', 'clipboard-sanitized-write']);

/** Addresses that can leave this machine, or read it. */
const REACHES_OUT = /^(https?|wss?|ftp|file):/i;

/** `isOwn` tells whether an address is the page's own host over http; there is none for `app:`. */
export function guardSession(session: Session, isOwn: (url: string) => boolean): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(GRANTED.has(permission) && isPage(contents.mainFrame));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => GRANTED.has(permission) && origin.replace(/\/$/, '') === PAGE_ORIGIN,
  );
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: REACHES_OUT.test(url) && !isOwn(url) });
  });
}

/** Of every contents that is ever made, a window's or not. A page may load itself anew, and that is all. */
export function guardContents(contents: WebContents, isOwn: (url: string) => boolean): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  const stay = (event: { readonly url: string; preventDefault(): void }): void => {
    if (!event.url.startsWith(`${PAGE_ORIGIN}/`) && !isOwn(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
}

/** Whether a message comes from the page itself: the whole of a window, at our own origin. */
export function isPage(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && frame.origin === PAGE_ORIGIN;
}
