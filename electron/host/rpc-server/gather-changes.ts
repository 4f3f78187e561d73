/** Collects what changes and tells it together, at most once in a while: a burst of spans is one push. */
export interface ChangeGatherer {
  add(key: string): void;
  /** Forgets what waits and takes nothing more. */
  stop(): void;
}

/** `tell` gets the keys that were added since the last time, each once. */
export function gatherChanges(everyMs: number, tell: (keys: readonly string[]) => void): ChangeGatherer {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  return {
    add: (key) => {
      if (stopped) return;
      waiting.add(key);
      timer ??= setTimeout(() => {
        timer = undefined;
        const keys = [...waiting];
        waiting.clear();
        tell(keys);
      }, everyMs);
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      waiting.clear();
    },
  };
}
