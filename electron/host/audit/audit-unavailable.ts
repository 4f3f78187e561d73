import { JournalUnavailableError } from '../journal/journal-unavailable.ts';

/** The audit log is on and cannot be written: what was to be recorded does not happen. Senders come again. */
export class AuditUnavailableError extends JournalUnavailableError {
  constructor(cause: unknown, why: string) {
    super(cause, `The audit log cannot be written (${why}), and nothing that it records is done without it.`);
    this.name = 'AuditUnavailableError';
  }
}
