/**
 * A stream taken part by part, and left as it was found: an iterator listens on until its next part comes, and while
 * anybody listens that way the rest of the stream does not flow for whoever else wants it.
 */
import { finished, type Readable } from 'node:stream';

export class StreamParts {
  readonly #body: Readable;
  #stopWaiting: (() => void) | undefined;

  constructor(body: Readable) {
    this.#body = body;
  }

  /** The next part, undefined at the end. Rejects where the stream breaks. After `leave` it never settles. */
  next(): Promise<Buffer | undefined> {
    const body = this.#body;
    return new Promise((resolve, reject) => {
      const take = (part: Buffer): void => {
        this.leave();
        resolve(part);
      };
      const forget = finished(body, { writable: false }, (error) => {
        this.leave();
        if (error) reject(error);
        else resolve(undefined);
      });
      this.#stopWaiting = () => {
        forget();
        body.off('data', take);
        body.pause();
      };
      body.on('data', take);
      body.resume();
    });
  }

  /** Waits for nothing more. */
  leave(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
  }
}
