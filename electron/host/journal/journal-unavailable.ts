import { systemErrorCode } from '../system-error.ts';

/** Why nothing can be stored just now. The door answers 503 and the client tries again. */
export class JournalUnavailableError extends Error {
  /** One plain sentence for the status bar. */
  readonly reason: string;

  constructor(cause: unknown, reason = explain(cause)) {
    super(reason, { cause });
    this.name = 'JournalUnavailableError';
    this.reason = reason;
  }
}

function explain(cause: unknown): string {
  const code = systemErrorCode(cause) ?? '';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk is full: nothing new is stored until space is free. What is stored can be read.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `The journal cannot be written (${code}): check the rights on the data directory.`;
    default:
      return `The disk refused a write${code === '' ? '' : ` (${code})`}: nothing new is stored until one succeeds.`;
  }
}
