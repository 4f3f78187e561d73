/** Collects what is made one by one, and lets the door have its turn whenever that has taken a while. */
const SLICE_MS = 10;

export async function takeInSlices<T>(items: Iterable<T>): Promise<readonly T[]> {
  const taken: T[] = [];
  let beganMs = performance.now();
  for (const item of items) {
    taken.push(item);
    if (performance.now() - beganMs < SLICE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    beganMs = performance.now();
  }
  return taken;
}
