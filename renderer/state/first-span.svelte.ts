/** Whether something was sent since somebody began to wait for it: the light of the connect page. */
import type { HostStatus } from '../../core/rpc/contract.ts';

export class FirstSpan {
  /** Epoch; undefined while nothing has come. */
  arrivedAtMs: number | undefined = $state();
  #baseline: { readonly acknowledged: number; readonly spans: number } | undefined;

  /**
   * Compares with what stood here when the waiting began. A span counts that came through the door: imports
   * are not acknowledged, and trace items alone hold no span.
   */
  see({ acknowledged, spans }: Pick<HostStatus, 'acknowledged' | 'spans'>, nowMs: number): void {
    const known = this.#baseline;
    // A host that was started anew counts from zero again.
    if (known === undefined || acknowledged < known.acknowledged) {
      this.#baseline = { acknowledged, spans };
    } else if (this.arrivedAtMs === undefined && acknowledged > known.acknowledged && spans > known.spans) {
      this.arrivedAtMs = nowMs;
    }
  }
}
