/** What the host and the thread that reads files for it say to each other. `id` tells one reading from another. */
import type { HookName } from '../../../core/plugin-api/hooks.ts';
import type { FileReport } from '../../../core/rpc/contract.ts';
import type { AskedFault } from '../intake/asked-fault.ts';
import type { AuditEntry } from '../intake/audit-trail.ts';
import { IntakeClosedError } from '../intake/intake-closed.ts';
import { JournalUnavailableError } from '../journal/journal-unavailable.ts';
import { systemErrorCode } from '../system-error.ts';
import type { ReadingProgress, ReadingTask } from './stage-source.ts';

export type ToThread =
  | { readonly kind: 'file'; readonly id: number; readonly path: string; readonly task: ReadingTask }
  | { readonly kind: 'stream'; readonly id: number; readonly bytes: number; readonly task: ReadingTask }
  /** The answer to `more`; the thread owns the bytes. */
  | { readonly kind: 'chunk'; readonly id: number; readonly bytes: Uint8Array }
  /** The stream ended, or broke. */
  | { readonly kind: 'last'; readonly id: number; readonly failure?: Failure }
  | { readonly kind: 'stop'; readonly id: number }
  /** The answer to `ask` or `tell`, by the number of the call. */
  | { readonly kind: 'told'; readonly id: number; readonly call: number; readonly answer: string }
  | {
      readonly kind: 'refused';
      readonly id: number;
      readonly call: number;
      readonly fault: AskedFault | undefined;
    };

export type FromThread =
  | { readonly kind: 'ready' }
  | { readonly kind: 'more'; readonly id: number }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: ReadingProgress }
  /** A plugin is to be asked. */
  | {
      readonly kind: 'ask';
      readonly id: number;
      readonly call: number;
      readonly plugin: string;
      readonly hook: HookName;
      readonly input: string;
      readonly items: number | undefined;
    }
  /** The trail is to be told. */
  | { readonly kind: 'tell'; readonly id: number; readonly call: number; readonly entry: AuditEntry }
  /** The host owns the bytes. */
  | { readonly kind: 'segment'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'done'; readonly id: number; readonly report: FileReport | undefined }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure };

/** An error on its way between threads, which take its class from it. */
export interface Failure {
  readonly kind: 'system' | 'journal' | 'closed' | 'bug';
  readonly code: string;
  readonly message: string;
}

export function writeFailure(error: unknown): Failure {
  if (error instanceof IntakeClosedError) return { kind: 'closed', code: '', message: error.reason };
  const isJournal = error instanceof JournalUnavailableError;
  const code = systemErrorCode(isJournal ? error.cause : error);
  const message = error instanceof Error ? (error.stack ?? error.message) : 'unknown error';
  if (isJournal) return { kind: 'journal', code: code ?? '', message };
  return { kind: code === undefined ? 'bug' : 'system', code: code ?? '', message };
}

export function readFailure({ kind, code, message }: Failure): Error {
  if (kind === 'closed') return new IntakeClosedError(message);
  const error = new Error(message);
  if (kind === 'bug') return error;
  const system = Object.assign(error, { code });
  return kind === 'journal' ? new JournalUnavailableError(system) : system;
}
