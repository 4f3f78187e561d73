/** What a sender needs of the world it runs in: Node (`node-platform.ts`) or a browser (`browser-platform.ts`). */

export interface PostAnswer {
  readonly status: number;
  /** Milliseconds that the server asked to wait, where it did. */
  readonly retryAfterMs: number | undefined;
  /** `x-should-retry`, where the server sent it. */
  readonly shouldRetry: boolean | undefined;
}

export interface PostRequest {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** What a sender gives to the end of the process. */
export interface ExitTask {
  /** True while something waits to be delivered. */
  readonly isPending: () => boolean;
  /** Delivers what waits, within so many milliseconds. Never rejects. */
  readonly flush: (withinMs: number) => Promise<unknown>;
  /** The last moment: only synchronous work is done. */
  readonly abandon: () => void;
}

export interface ClientPlatform {
  /** The base URL of the door, without a path; `option` is what the program gave. Never rejects. */
  readonly findDoor: (option: string | undefined) => Promise<string>;
  /** Rejects on network errors and timeouts only. Keeps no process alive. */
  readonly post: (request: PostRequest) => Promise<PostAnswer>;
  /** Calls the task when the process ends; the result forgets it again. */
  readonly onExit: (task: ExitTask) => () => void;
}

/** The header a server answers with, read as milliseconds: `retry-after-ms`, else seconds or a date. */
export function readRetryAfter(header: (name: string) => string | undefined): number | undefined {
  const ms = Number(header('retry-after-ms') ?? Number.NaN);
  if (ms >= 0) return ms;
  const text = header('retry-after');
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (seconds >= 0) return seconds * 1000;
  const until = Date.parse(text) - Date.now();
  return until >= 0 ? until : undefined;
}

/** `x-should-retry`, where it says one thing or the other. */
export function readShouldRetry(text: string | undefined): boolean | undefined {
  return text === 'true' ? true : text === 'false' ? false : undefined;
}
