/**
 * Exports in two steps: asked for with the token, then fetched once by an address that nobody can guess. So a
 * browser saves the file as it streams, and no token stands in an address.
 */
import { randomBytes } from 'node:crypto';
import type { DurationMs } from '../../../core/model/time.ts';

/** The browser follows at once; an address that was not used in this time is none any more. */
const TICKET_MS: DurationMs = 60_000;
/** Somebody who asks again and again and fetches nothing holds no more than this. */
const MOST_TICKETS = 16;

interface Ticket {
  readonly traceIds: readonly string[];
  readonly untilMs: DurationMs;
}

export class ExportDesk {
  /** In order of asking. */
  readonly #tickets = new Map<string, Ticket>();
  readonly #nowMs: () => DurationMs;

  constructor(nowMs: () => DurationMs) {
    this.#nowMs = nowMs;
  }

  /** Returns what fetches these traces once. */
  ask(traceIds: readonly string[]): string {
    const ticket = randomBytes(24).toString('base64url');
    this.#tickets.set(ticket, { traceIds, untilMs: this.#nowMs() + TICKET_MS });
    for (const oldest of this.#tickets.keys()) {
      if (this.#tickets.size <= MOST_TICKETS) break;
      this.#tickets.delete(oldest);
    }
    return ticket;
  }

  /** The traces of a ticket, which is then used up; undefined where it is none, or too old. */
  take(ticket: string): readonly string[] | undefined {
    const found = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    return found !== undefined && this.#nowMs() <= found.untilMs ? found.traceIds : undefined;
  }
}
