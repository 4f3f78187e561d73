/** The audit log, its verdict and the legal holds, asked for while somebody looks. */
import type {
  AuditAction,
  AuditRecord,
  AuditState,
  AuditVerdict,
  Hold,
  HoldKind,
  ListedHold,
} from '../../core/rpc/audit.ts';
import type { Link } from './link.svelte.ts';

const PAGE = 500;
const EXPORT_PAGE = 5000;

export class AuditWatch {
  state: AuditState | undefined = $state.raw();
  /** The newest first, as far as they were asked for. */
  records: readonly AuditRecord[] = $state.raw([]);
  holds: readonly ListedHold[] = $state.raw([]);
  /** Only records of this action are asked for. */
  action: AuditAction | undefined = $state();
  verdict: AuditVerdict | undefined = $state.raw();
  /** The holds that keep the trace that is looked at. */
  heldBy: readonly Omit<Hold, 'traceIds'>[] = $state.raw([]);
  verifying = $state(false);
  /** What the last request came to, where it came to nothing. */
  problem = $state('');
  /** `before` of the next page; null: there is none. */
  #next: number | null = null;
  #asking = false;
  #watchers = 0;
  #looked: string | undefined;
  readonly #link: Link;

  constructor(link: Link) {
    this.#link = link;
    const askIfSeen = (): void => {
      if (this.#watchers > 0) void this.#askAll();
    };
    link.onOpen(askIfSeen);
    link.on('audit.changed', (state) => {
      this.state = state;
      if (this.#watchers > 0) void this.#askNewest();
    });
    link.on('holds.changed', () => {
      if (this.#watchers > 0) void this.#askHolds();
      this.#askHeld();
    });
  }

  /** Asks now and whenever something changes. Returns how to stop. */
  watch(): () => void {
    this.#watchers++;
    void this.#askAll();
    return () => {
      this.#watchers--;
    };
  }

  look(traceId: string | undefined): void {
    if (traceId === this.#looked) return;
    this.#looked = traceId;
    this.heldBy = [];
    this.#askHeld();
  }

  choose(action: AuditAction | undefined): void {
    this.action = action;
    void this.#askNewest();
  }

  /** The next page, where there is one. */
  async askMore(): Promise<void> {
    if (this.#next === null || this.#asking) return;
    this.#asking = true;
    const { action } = this;
    await this.#try(async () => {
      const { records, next } = await this.#ask(this.#next, PAGE);
      if (action !== this.action) return;
      this.records = [...this.records, ...records];
      this.#next = next;
    });
    this.#asking = false;
  }

  async verify(): Promise<void> {
    this.verifying = true;
    await this.#try(async () => {
      this.verdict = (await this.#link.request('audit.verify', {})).result;
    });
    this.verifying = false;
  }

  async switchOn(): Promise<void> {
    await this.#try(async () => {
      await this.#link.request('plugins.enable', { id: 'audit', enabled: true });
    });
  }

  /** The whole log as its lines, the oldest first: byte by byte what stands on the disk. */
  async readAll(writeLine: (record: AuditRecord) => string): Promise<readonly string[]> {
    const parts: string[] = [];
    await this.#try(async () => {
      for (let before: number | null | undefined = undefined; before !== null;) {
        const params: { limit: number; before?: number } = { limit: EXPORT_PAGE };
        if (before !== undefined) params.before = before;
        const { result } = await this.#link.request('audit.list', params);
        parts.push(
          result.records
            .toReversed()
            .map((record) => `${writeLine(record)}\n`)
            .join(''),
        );
        before = result.next;
      }
    });
    return parts.toReversed();
  }

  /** The signed head and the public key as JSON, to be kept somewhere else. */
  async sign(): Promise<string | undefined> {
    let text: string | undefined;
    await this.#try(async () => {
      const { result } = await this.#link.request('audit.sign', {});
      text = JSON.stringify(result.head);
    });
    return text;
  }

  /** True where it is set. */
  async addHold(kind: HoldKind, value: string, reason: string): Promise<boolean> {
    return await this.#try(async () => {
      await this.#link.request('holds.add', { kind, value, reason });
    });
  }

  async release(id: string, reason: string): Promise<void> {
    await this.#try(async () => {
      await this.#link.request('holds.release', { id, reason });
    });
  }

  async #askAll(): Promise<void> {
    await this.#try(async () => {
      this.state = (await this.#link.request('audit.state', {})).result;
    });
    await Promise.all([this.#askNewest(), this.#askHolds()]);
  }

  async #askNewest(): Promise<void> {
    const { action } = this;
    await this.#try(async () => {
      const { records, next } = await this.#ask(null, PAGE);
      if (action !== this.action) return;
      // What was asked for further down stays, so that nobody who reads there loses their place.
      const oldest = records.at(-1)?.seq ?? 0;
      const known = this.records.filter(
        (each) => each.seq < oldest && (action === undefined || each.action === action),
      );
      this.records = [...records, ...known];
      if (known.length === 0) this.#next = next;
    });
  }

  async #askHolds(): Promise<void> {
    await this.#try(async () => {
      this.holds = (await this.#link.request('holds.list', {})).result.holds;
    });
  }

  #askHeld(): void {
    const traceId = this.#looked;
    if (traceId === undefined) return;
    this.#link.request('holds.of', { traceId }).then(
      ({ result }) => {
        if (traceId === this.#looked) this.heldBy = result.holds;
      },
      // The line is down, and the page says so; the host refuses a delete in any case.
      () => undefined,
    );
  }

  async #ask(
    before: number | null,
    limit: number,
  ): Promise<{ readonly records: readonly AuditRecord[]; readonly next: number | null }> {
    const { action } = this;
    const params = { limit, ...(before !== null && { before }), ...(action !== undefined && { action }) };
    return (await this.#link.request('audit.list', params)).result;
  }

  async #try(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.problem = '';
      return true;
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
      return false;
    }
  }
}
