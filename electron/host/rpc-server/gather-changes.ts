/** Collects what changes and tells it together, at most once in a while: a burst of spans is one push. */
export interface ChangeGatherer {
  add(key: string): void;
  /** Forgets what waits and takes nothing more. */
  stop(): void;
}

/**
 * Telling takes at most one part in so many of the host's time: a trace of a million spans that still grows
 * is folded anew for every push, and the door must not wait for that.
 */
const SHARE_OF_TIME = 10;

/** `tell` gets the keys that were added since the last time, each once. `nowMs` is any clock that runs on. */
export function gatherChanges(
  everyMs: number,
  tell: (keys: readonly string[]) => void,
  nowMs: () => number = () => performance.now(),
): ChangeGatherer {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let waitMs = everyMs;
  let stopped = false;
  return {
    add: (key) => {
      if (stopped) return;
      waiting.add(key);
      timer ??= setTimeout(() => {
        timer = undefined;
        const keys = [...waiting];
        waiting.clear();
        const startedMs = nowMs();
        tell(keys);
        waitMs = Math.max(everyMs, (nowMs() - startedMs) * (SHARE_OF_TIME - 1));
      }, waitMs);
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      waiting.clear();
    },
  };
}
