/**
 * A stretch of wire between a page and a host: one origin whatever host stands behind it, and it counts what
 * the host's sockets say. It can hold them back, so that a test sees a page whose host does not answer.
 */
import { createServer, connect, type Server, type Socket } from 'node:net';

export class CountingProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #target = 0;
  #holding = false;
  #held: (() => void)[] = [];
  /** Bytes that the host has said over `/rpc`, by all sockets. */
  bytes = 0;
  onBytes: () => void = () => undefined;

  private constructor() {
    this.#server = createServer((page) => {
      this.#join(page);
    });
  }

  static async start(): Promise<CountingProxy> {
    const proxy = new CountingProxy();
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** Leads to the host of this address from now on; what stood before is cut. Returns the page's address. */
  leadTo(ui: string): string {
    this.#target = Number(new URL(ui).port);
    this.cut();
    const url = new URL(ui);
    const address = this.#server.address();
    url.port = String(typeof address === 'object' ? address?.port : 0);
    return url.href;
  }

  /** While held, what comes over `/rpc` waits. */
  hold(holding: boolean): void {
    this.#holding = holding;
    if (holding) return;
    for (const release of this.#held.splice(0)) release();
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(page: Socket): void {
    const host = connect(this.#target, '127.0.0.1');
    let isRpc: boolean | undefined;
    const own = `127.0.0.1:${String(page.localPort)}`;
    const other = `127.0.0.1:${String(this.#target)}`;
    page.on('data', (data) => {
      // A host wants to be called by its own name; what follows an upgrade is no request any more.
      const isRequest = isRpc !== true;
      isRpc ??= data.toString('latin1').startsWith('GET /rpc');
      const text = isRequest ? data.toString('latin1').replaceAll(own, other) : undefined;
      host.write(text === undefined ? data : Buffer.from(text, 'latin1'));
    });
    host.on('data', (data) => {
      if (isRpc === true) this.bytes += data.length;
      if (isRpc === true && this.#holding) this.#held.push(() => page.write(data));
      else page.write(data);
      if (isRpc === true) this.onBytes();
    });
    for (const [near, far] of [
      [page, host],
      [host, page],
    ] as const) {
      this.#sockets.add(near);
      near.on('error', () => near.destroy());
      near.on('close', () => {
        this.#sockets.delete(near);
        far.destroy();
      });
    }
  }
}
