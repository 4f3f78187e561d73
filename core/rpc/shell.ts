/** What the page and the desktop shell around it say to each other. In a browser there is no such shell. */

/** The name under which the preload puts a DesktopShell into the page's world. */
export const SHELL_NAME = 'tracebenchShell';

/** All of the shell that a page can reach. */
export interface DesktopShell {
  /** `process.platform` of Node. */
  readonly platform: string;
  /** Asks for a line to the host. Its MessagePort comes as a message of the window, see `PortMessage`. */
  openPort(id: string): void;
  /** The path of a File that was dropped or chosen; empty where it is none of the disk. */
  pathOf(file: object): string;
  /** Calls back with what the shell wants of the page, from what waits already on. One listener a page. */
  onWords(listener: (words: WordsToPage) => void): void;
}

/** Carries one MessagePort, of the line that was asked for under this id. */
export interface PortMessage {
  readonly kind: 'tracebench-port';
  readonly id: string;
}

/** Commands of the menu, which the page also has keys for. */
export const PAGE_COMMANDS = [
  'library',
  'map',
  'insights',
  'findings',
  'plugins',
  'contents',
  'audit',
  'connect',
  'import',
  'cleanup',
  'imports',
  'health',
  'settings',
  'colours',
  'help',
] as const;
export type PageCommand = (typeof PAGE_COMMANDS)[number];

export type WordsToPage =
  | { readonly kind: 'command'; readonly command: PageCommand }
  /** Files that were opened with the application: absolute paths. */
  | { readonly kind: 'files'; readonly paths: readonly string[] };
