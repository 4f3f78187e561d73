/** How the host is, asked for again and again while somebody looks. */
import type { Health } from '../../core/rpc/health.ts';
import type { Link } from './link.svelte.ts';

const EVERY_MS = 2000;

export class HealthWatch {
  health: Health | undefined = $state.raw();
  readonly #link: Link;

  constructor(link: Link) {
    this.#link = link;
  }

  /** Asks now and every two seconds. Returns how to stop. */
  watch(): () => void {
    const ask = (): void => {
      if (document.hidden) return;
      this.#link.request('health.get', {}).then(
        ({ result }) => {
          this.health = result;
        },
        // The line is down, and the page says so; what is shown stays, and is asked for again.
        () => undefined,
      );
    };
    ask();
    const timer = setInterval(ask, EVERY_MS);
    return () => {
      clearInterval(timer);
    };
  }
}
