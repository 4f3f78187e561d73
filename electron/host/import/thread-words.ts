/** What the host and the thread that reads files for it say to each other. `id` tells one reading from another. */
import type { FileReport } from '../../../core/rpc/contract.ts';
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
  | { readonly kind: 'stop'; readonly id: number };

export type FromThread =
  | { readonly kind: 'ready' }
  | { readonly kind: 'more'; readonly id: number }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: ReadingProgress }
  | { readonly kind: 'done'; readonly id: number; readonly report: FileReport | undefined }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure };

/** An error on its way between threads, which take its class from it. */
export interface Failure {
  readonly kind: 'system' | 'journal' | 'bug';
  readonly code: string;
  readonly message: string;
}

export function writeFailure(error: unknown): Failure {
  const isJournal = error instanceof JournalUnavailableError;
  const code = systemErrorCode(isJournal ? error.cause : error);
  const message = error instanceof Error ? (error.stack ?? error.message) : 'unknown error';
  if (isJournal) return { kind: 'journal', code: code ?? '', message };
  return { kind: code === undefined ? 'bug' : 'system', code: code ?? '', message };
}

export function readFailure({ kind, code, message }: Failure): Error {
  const error = new Error(message);
  if (kind === 'bug') return error;
  const system = Object.assign(error, { code });
  return kind === 'journal' ? new JournalUnavailableError(system) : system;
}
