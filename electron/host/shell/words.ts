/** What the desktop shell and the process of its host say to each other; spans never pass here. */
import { isJsonObject, stringAt } from '../../../core/model/json.ts';

/** Shell to host. A `connect` comes with the port of a page beside it. */
export type ShellWords =
  | { readonly kind: 'start'; readonly options: ShellHostOptions }
  | { readonly kind: 'connect' }
  /** Finish what is under way; the process ends by itself then. */
  | { readonly kind: 'close' };

export interface ShellHostOptions {
  readonly dataDirectory: string;
  readonly rendererDirectory: string;
  readonly ingestPort?: number;
  readonly uiPort?: number;
}

/** Host to shell. */
export type HostWords =
  | { readonly kind: 'started'; readonly ui: string; readonly ingest: string; readonly token: string }
  /** Another workbench serves this data directory; its page is at `ui`. */
  | {
      readonly kind: 'elsewhere';
      readonly ui: string;
      readonly token: string;
      readonly version: string;
    }
  /** One plain sentence. */
  | { readonly kind: 'failed'; readonly message: string }
  /** How far all imports are, from 0 to 1; undefined: none runs. */
  | { readonly kind: 'importing'; readonly share: number | undefined };

const SHELL_KINDS = ['start', 'connect', 'close'];
const HOST_KINDS = ['started', 'elsewhere', 'failed', 'importing'];

/** Both are ours and built together: the kind tells that it is no stray message. */
export function isShellWords(value: unknown): value is ShellWords {
  return isJsonObject(value) && SHELL_KINDS.includes(stringAt(value, 'kind') ?? '');
}

export function isHostWords(value: unknown): value is HostWords {
  return isJsonObject(value) && HOST_KINDS.includes(stringAt(value, 'kind') ?? '');
}
