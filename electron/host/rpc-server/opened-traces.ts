/** Which traces one session has opened, so that each opening is recorded once, before anything of the trace is answered. */
import type { AuditDesk } from '../audit/audit-desk.ts';
import { tellUnavailable } from './tell-unavailable.ts';

export class OpenedTraces {
  readonly #audit: Pick<AuditDesk, 'opened'>;
  /** Opened, or read from. */
  readonly #known = new Set<string>();
  /** Whose picture was sent, and which are opened next. */
  readonly #sketched = new Set<string>();

  constructor(audit: Pick<AuditDesk, 'opened'>) {
    this.#audit = audit;
  }

  async open(traceId: string): Promise<void> {
    if (!this.#sketched.delete(traceId)) await this.#tell(traceId);
  }

  async sketch(traceId: string): Promise<void> {
    await this.#tell(traceId);
    this.#sketched.add(traceId);
  }

  /** Payloads, also without opening first. */
  async read(traceId: string): Promise<void> {
    if (!this.#known.has(traceId)) await this.#tell(traceId);
  }

  async #tell(traceId: string): Promise<void> {
    await tellUnavailable(this.#audit.opened(traceId));
    this.#known.add(traceId);
  }
}
