/** The time of plugins: of their logs, their deadlines from outside and their restarts. Tests bring their own. */
export interface PluginClock {
  /** Milliseconds since 1970. */
  nowMs(): number;
  /** Does the work later; returns how to leave it. */
  after(ms: number, work: () => void): () => void;
}

export const systemPluginClock: PluginClock = {
  nowMs: () => Date.now(),
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    // A process that has nothing else to do need not wait for a plugin.
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
