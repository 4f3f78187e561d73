/** A plugin's folder in the running workbench: used where it lies, so that what the author saves is what runs. */
import { RpcError, type Connection } from '../../../../core/rpc/connection.ts';
import type { PluginOffer } from '../../../../core/rpc/plugins.ts';
import { PluginFault } from '../plugin-fault.ts';

export class LiveFolder {
  readonly #connection: Pick<Connection, 'request' | 'close'>;
  readonly #path: string;
  #known = '';

  constructor(connection: Pick<Connection, 'request' | 'close'>, path: string) {
    this.#connection = connection;
    this.#path = path;
  }

  /**
   * Makes the workbench run what stands there. The offer where it may do something else than at the last time, for its
   * author to see; results that were kept stay. Rejects with a `PluginFault`.
   */
  async load(): Promise<PluginOffer | undefined> {
    try {
      const { result: offer } = await this.#connection.request('plugins.inspect', { path: this.#path });
      const { bundleHash } = offer;
      const wish = { path: this.#path, bundleHash, asFolder: true };
      const { plugin } = (await this.#connection.request('plugins.install', wish)).result;
      if (plugin.fault !== undefined) throw new PluginFault(plugin.fault);
      const rights = JSON.stringify([offer.id, offer.reads, offer.writes, offer.uses, offer.network]);
      if (rights === this.#known) return undefined;
      this.#known = rights;
      return offer;
    } catch (error) {
      if (error instanceof RpcError) throw new PluginFault(`The workbench: ${error.message}`, error);
      throw error;
    }
  }

  close(): void {
    this.#connection.close();
  }
}
