/** A traced program as a child process: the traces it says it began, its words, its end. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { isJsonObject, stringAt } from '../../core/model/json.ts';

export interface TracedProgram {
  readonly pid: number;
  /** Ids of its traces by workflow name, complete when it has ended. */
  readonly traces: ReadonlyMap<string, string>;
  /** Resolves with the id when a trace of that name has begun. */
  began(name: string): Promise<string>;
  /** Lets a program that waits go on. */
  release(): void;
  kill(): void;
  /** Its end: the exit code, null where a signal ended it, and what it wrote to stderr. */
  readonly ended: Promise<{ readonly code: number | null; readonly words: string }>;
}

export function startProgram(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): TracedProgram {
  const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  // The program may have ended before it is released.
  child.stdin.on('error', () => undefined);
  const traces = new Map<string, string>();
  const waiting: (() => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said: unknown = JSON.parse(line);
    const id = isJsonObject(said) ? stringAt(said, 'trace') : undefined;
    const name = isJsonObject(said) ? stringAt(said, 'name') : undefined;
    if (id === undefined || name === undefined) return;
    traces.set(name, id);
    for (const look of waiting) look();
  });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
  const ended = new Promise<{ code: number | null; words: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, words }));
  });
  return {
    pid: child.pid ?? 0,
    traces,
    ended,
    began: (name) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const id = traces.get(name);
          if (id !== undefined) resolve(id);
        };
        waiting.push(look);
        look();
        void ended.then(() => reject(new Error(`it ended before ${name} began: ${words}`)));
      }),
    release: () => void child.stdin.write('go\n'),
    kill: () => void child.kill('SIGKILL'),
  };
}
