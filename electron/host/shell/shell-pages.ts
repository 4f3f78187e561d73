/** The pages that a desktop shell hands to its host, port by port, and what the shell shows of imports. */
import type { Port } from '../../../core/rpc/connection.ts';
import type { Importer } from '../import/importer.ts';
import { startSession } from '../rpc-server/session.ts';
import type { Workbench } from '../rpc-server/workbench.ts';

export class ShellPages {
  readonly #workbench: Workbench;
  readonly #ports = new Set<Port>();

  constructor(workbench: Workbench) {
    // The shell has looked at who asked; a token would prove nothing more.
    this.#workbench = { ...workbench, isToken: () => true };
  }

  connect(port: Port): void {
    this.#ports.add(port);
    port.onClose(() => this.#ports.delete(port));
    startSession(port, this.#workbench);
  }

  end(): void {
    for (const port of this.#ports) port.close();
  }
}

/** Tells how far the running import is, and once that none runs any more. */
export function watchImports(importer: Importer, listener: (share: number | undefined) => void): void {
  importer.onProgress(({ share }) => {
    listener(share);
  });
  importer.onIdle(() => {
    listener(undefined);
  });
}
