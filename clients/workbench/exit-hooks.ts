/**
 * The end of a Node process: what waits is delivered at its natural end and on SIGTERM and SIGINT, within
 * five seconds; on `process.exit` and a crash it is at least put aside.
 */
import type { ExitTask } from './platform.ts';

const WITHIN_MS = 5000;
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** One set and one listener an event for the whole process, however many copies of this file are loaded. */
const TASKS = Symbol.for('tracebench.exit-tasks');

/** Adds a task; the result forgets it. */
export function onExit(task: ExitTask): () => void {
  const tasks = getTasks();
  tasks.add(task);
  return () => tasks.delete(task);
}

function getTasks(): Set<ExitTask> {
  const known: unknown = Reflect.get(globalThis, TASKS);
  if (known instanceof Set) return known as Set<ExitTask>;
  const tasks = new Set<ExitTask>();
  Object.defineProperty(globalThis, TASKS, { value: tasks });
  listen(tasks);
  return tasks;
}

function listen(tasks: ReadonlySet<ExitTask>): void {
  const isPending = (): boolean => [...tasks].some((task) => task.isPending());
  let gaveUp = false;
  const flush = async (): Promise<void> => {
    await Promise.all([...tasks].filter((task) => task.isPending()).map((task) => task.flush(WITHIN_MS)));
  };
  process.on('beforeExit', () => {
    // What still waits after a try is for `exit`, or this would keep the process for ever.
    if (gaveUp || !isPending()) return;
    void flush().then(() => (gaveUp = isPending()));
  });
  process.on('exit', () => {
    for (const task of tasks) task.abandon();
  });
  for (const signal of SIGNALS) {
    // Once: a second signal ends the process at once, and others that count the listeners don't count us.
    process.once(signal, () => {
      const isOurs = process.listenerCount(signal) === 0;
      void flush().then(() => {
        // A listener of somebody else decides what the signal means.
        if (isOurs) process.kill(process.pid, signal);
      });
    });
  }
}
