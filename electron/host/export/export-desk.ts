/**
 * Exports in two steps: asked for with the token, then fetched once by an address that nobody can guess. So a
 * browser saves the file as it streams, and no token stands in an address. The same address tells how far it is.
 */
import { randomBytes } from 'node:crypto';
import type { DurationMs } from '../../../core/model/time.ts';
import type { ExportRun } from './export-run.ts';

/** The browser follows at once; an address that was not used in this time is none any more. */
const TICKET_MS: DurationMs = 60_000;
/** Somebody who asks again and again and fetches nothing holds no more than this. */
const MOST_TICKETS = 16;

interface Ticket {
  readonly run: ExportRun;
  readonly untilMs: DurationMs;
  isTaken: boolean;
}

export class ExportDesk {
  /** In order of asking. */
  readonly #tickets = new Map<string, Ticket>();
  readonly #nowMs: () => DurationMs;

  constructor(nowMs: () => DurationMs) {
    this.#nowMs = nowMs;
  }

  /** Returns what fetches this export once. */
  ask(run: ExportRun): string {
    const ticket = randomBytes(24).toString('base64url');
    this.#tickets.set(ticket, { run, untilMs: this.#nowMs() + TICKET_MS, isTaken: false });
    for (const [
      oldest,
      {
        run: { state },
      },
    ] of this.#tickets) {
      if (this.#tickets.size <= MOST_TICKETS) break;
      // What is being written is still watched.
      if (state.phase !== 'running') this.#tickets.delete(oldest);
    }
    return ticket;
  }

  /** The export of a ticket, which then fetches nothing more; undefined where it is none, or too old. */
  take(ticket: string): ExportRun | undefined {
    const found = this.#tickets.get(ticket);
    if (found === undefined || found.isTaken) return undefined;
    if (this.#nowMs() > found.untilMs) {
      this.#tickets.delete(ticket);
      return undefined;
    }
    found.isTaken = true;
    return found.run;
  }

  /** The export of a ticket, whether it was fetched or not. */
  find(ticket: string): ExportRun | undefined {
    return this.#tickets.get(ticket)?.run;
  }
}
