/** Drives work that yields how far it is: in slices, so that the door has its turn, and until somebody stops it. */
export interface SliceParts {
  readonly signal: AbortSignal;
  /** Told now and then how much is done. */
  readonly onProgress: (done: number) => void;
}

/** What runs for longer keeps a page, or a program at the door, waiting. */
const SLICE_MS = 10;
const TELL_EVERY_MS = 100;

/** Rejects with the signal's reason once it is aborted. */
export async function runSlices<Result>(
  work: Generator<number, Result>,
  { signal, onProgress }: SliceParts,
): Promise<Result> {
  let sliceMs = performance.now();
  let toldMs = sliceMs;
  for (;;) {
    signal.throwIfAborted();
    const step = work.next();
    if (step.done === true) return step.value;
    const nowMs = performance.now();
    if (nowMs - sliceMs < SLICE_MS) continue;
    if (nowMs - toldMs >= TELL_EVERY_MS) {
      onProgress(step.value);
      toldMs = nowMs;
    }
    await new Promise((resolve) => setImmediate(resolve));
    sliceMs = performance.now();
  }
}
