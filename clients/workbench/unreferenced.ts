/** A timer that keeps no process alive; in a browser timers are numbers and hold nothing anyway. */
export function unreferenced(timer: ReturnType<typeof setTimeout>): ReturnType<typeof setTimeout> {
  const { unref } = timer as { unref?: () => unknown };
  if (unref !== undefined) unref.call(timer);
  return timer;
}
