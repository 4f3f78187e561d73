/** Where the page of this application lives, and the channels on which it may speak to main. */

export const PAGE_SCHEME = 'app';
export const PAGE_ORIGIN = `${PAGE_SCHEME}://workbench`;

/** Page to main, with one port beside it: give this port to the host. */
export const PORT_CHANNEL = 'tracebench:port';
/** Page to main: it listens to words now. */
export const READY_CHANNEL = 'tracebench:ready';
/** Main to page. */
export const WORDS_CHANNEL = 'tracebench:words';
