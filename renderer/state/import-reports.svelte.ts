/** The reports of imports that the host keeps, asked for while somebody looks. */
import type { KeptReport } from '../../core/rpc/contract.ts';
import type { Link } from './link.svelte.ts';

export class ImportReports {
  /** The newest first; undefined until the host has answered. */
  reports: readonly KeptReport[] | undefined = $state.raw();
  readonly #link: Link;
  #watchers = 0;

  constructor(link: Link) {
    this.#link = link;
    const askIfSeen = (): void => {
      if (this.#watchers > 0) this.#ask();
    };
    link.onOpen(askIfSeen);
    link.on('reports.changed', askIfSeen);
  }

  /** Asks now and whenever there is a further one. Returns how to stop. */
  watch(): () => void {
    this.#watchers++;
    this.#ask();
    return () => {
      this.#watchers--;
    };
  }

  #ask(): void {
    this.#link.request('reports.list', {}).then(
      ({ result }) => {
        this.reports = result.reports;
      },
      // The line is down, and the page says so; what is shown stays.
      () => undefined,
    );
  }
}
