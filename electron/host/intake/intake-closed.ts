import { JournalUnavailableError } from '../journal/journal-unavailable.ts';

/** Nothing is taken, since what guards the journal cannot work just now. Senders treat it as a full disk: they come again. */
export class IntakeClosedError extends JournalUnavailableError {
  constructor(reason: string) {
    super(new Error(reason), reason);
    this.name = 'IntakeClosedError';
  }
}
