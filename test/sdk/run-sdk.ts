/** Starts the real SDK as a child process from a test, and reads what it says. */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isJsonObject, objectAt, stringAt } from '../../core/model/json.ts';
import type { SdkResult } from './main.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface RunningSdk {
  /** The id of the first trace, as soon as it has begun. */
  readonly firstTrace: Promise<string>;
  /** What the SDK produced, when everything has been flushed. Rejects where the process failed. */
  readonly result: Promise<SdkResult>;
  /** Lets the held run go on. */
  release(): void;
  /** Ends it at once, as a crash would. */
  kill(): void;
}

/** `endpoint` is the door's base; `only` names workflows, by default all but the held one. */
export function startSdk(options: {
  readonly endpoint: string;
  readonly way: 'exporter' | 'live' | 'workbench' | 'none';
  readonly only?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments of Node itself, before the program. */
  readonly nodeArguments?: readonly string[];
}): RunningSdk {
  const args = [join('scripts', 'run-ts.mjs'), join('test', 'sdk', 'main.ts')];
  args.push('--endpoint', options.endpoint, '--way', options.way);
  for (const name of options.only ?? []) args.push('--only', name);
  // The SDK does not trace under NODE_ENV=test, and a key of the user's own must not be used.
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    OPENAI_API_KEY: '',
    OPENAI_AGENTS_DISABLE_TRACING: '',
    ...options.env,
  };
  const child = spawn(process.execPath, [...(options.nodeArguments ?? []), ...args], {
    cwd: ROOT,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  const failed = new Promise<never>((_resolve, reject) => {
    child.once('exit', (code) => {
      if (code !== 0) reject(new Error(`the SDK's process ended with ${String(code)}: ${words}`));
    });
  });
  const firstTrace = new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      const message: unknown = JSON.parse(line);
      const trace = isJsonObject(message) ? stringAt(message, 'trace') : undefined;
      if (trace !== undefined) resolve(trace);
    });
  });
  const result = new Promise<SdkResult>((resolve) => {
    lines.on('line', (line) => {
      const message: unknown = JSON.parse(line);
      const said = isJsonObject(message) ? objectAt(message, 'result') : undefined;
      // The shape is main.ts's own: both are compiled from one declaration.
      if (said !== undefined) resolve(said as unknown as SdkResult);
    });
  });
  return {
    firstTrace: Promise.race([firstTrace, failed]),
    result: Promise.race([result, failed]),
    release: () => child.stdin.end('go\n'),
    kill: () => void child.kill('SIGKILL'),
  };
}
