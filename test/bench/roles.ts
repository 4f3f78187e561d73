/** What a child process of the bench may be asked to do, and how it is asked. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { isJsonObject, type JsonObject } from '../../core/model/json.ts';

export const ROLES = ['import-in-turn', 'import-once', 'library', 'search', 'drop-server'] as const;
export type Role = (typeof ROLES)[number];

export interface RoleOptions {
  readonly role: Role;
  readonly args: readonly string[];
  /** A folder for the CPU profile of the child. */
  readonly profileTo?: string | undefined;
}

/** A child process in a role, and the one line of JSON that it says. */
export interface RoleProcess {
  readonly child: ChildProcess;
  readonly said: Promise<JsonObject>;
}

/** Starts the program that runs now once more, in a role. */
export function startRole(program: string, { role, args, profileTo }: RoleOptions): RoleProcess {
  const profile = profileTo === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profileTo];
  const child = spawn(process.execPath, [...profile, program, '--role', role, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const said = new Promise<JsonObject>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => {
      const value: unknown = JSON.parse(line);
      if (isJsonObject(value)) resolve(value);
      else reject(new TypeError(`${role} said no object`));
    });
    child.once('exit', (code) => reject(new Error(`${role} ended with ${String(code)} and said nothing`)));
  });
  return { child, said };
}

/** Runs a role to its end. */
export async function runRole(program: string, options: RoleOptions): Promise<JsonObject> {
  if (options.profileTo !== undefined) await mkdir(options.profileTo, { recursive: true });
  const { child, said } = startRole(program, options);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const value = await said;
  await ended;
  return value;
}

/** Ends a child that waits for the end of its standard input. */
export async function endRole({ child }: RoleProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.stdin?.end();
  await ended;
}
