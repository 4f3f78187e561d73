/** The built process of the host, run in a worker thread of Node: the same code, with real ports. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { isHostWords, type HostWords, type ShellWords } from '../../electron/host/shell/words.ts';

const inProject = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export interface HostThread {
  say(words: ShellWords, port?: MessagePort): void;
  /** The next words of this kind, from the first on. */
  hear<Kind extends HostWords['kind']>(kind: Kind): Promise<HostWords & { kind: Kind }>;
  /** A line to the host as main hands it over. */
  openPort(): MessagePort;
  /** Resolves with the exit code. */
  readonly ended: Promise<number>;
}

export const RENDERER = inProject('out/renderer');

/** Once for all threads of a test's process: what is looked at is one build. */
let building: Promise<unknown> | undefined;

export async function startHostThread(): Promise<HostThread> {
  await (building ??= promisify(execFile)(process.execPath, [inProject('scripts/prepare.mjs')]));
  const worker = new Worker(inProject('out/main/host-process.js'));
  const heard: HostWords[] = [];
  let wake = (): void => undefined;
  worker.on('message', (words: unknown) => {
    if (isHostWords(words)) heard.push(words);
    wake();
  });
  const ended = new Promise<number>((resolve, reject) => {
    worker.once('exit', resolve);
    worker.once('error', reject);
  });
  const say: HostThread['say'] = (words, port) => {
    worker.postMessage(words, port === undefined ? [] : [port]);
  };
  return {
    say,
    hear: async (kind) => {
      for (;;) {
        const found = heard.findIndex((words) => words.kind === kind);
        if (found >= 0) return heard.splice(found, 1)[0] as HostWords & { kind: typeof kind };
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    openPort: () => {
      const { port1, port2 } = new MessageChannel();
      say({ kind: 'connect' }, port2);
      return port1;
    },
    ended,
  };
}
