/** What broke off the reading of a file, as a code of the catalogue. */
import type { MessageCode } from '../../../core/formats/messages.ts';
import { systemErrorCode } from '../system-error.ts';
import { BundleError } from './bundle-file.ts';

/** Throws on what is a bug of ours. */
export function explainBreak(error: unknown): MessageCode {
  if (error instanceof BundleError) return error.messageCode;
  const code = systemErrorCode(error);
  if (code === undefined) throw error;
  if (code === 'Z_TRAILING_BYTES') return 'trailing-bytes';
  return code.startsWith('Z_') ? 'bad-gzip' : 'unreadable-file';
}

/** What the sentence of that code names: an entry of a bundle, never a text of a trace. */
export function wordsOfBreak(error: unknown): { readonly [name: string]: string } {
  return error instanceof BundleError ? { entry: error.entry ?? 'an entry' } : {};
}
