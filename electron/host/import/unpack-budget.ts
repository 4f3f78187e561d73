/** What one chunk of a file may come to, whatever was packed into what: traces shrink to a tenth, only bombs to a millionth. */

const MAX_UNPACKED_BYTES = 128 * 1024 * 1024;

export class UnpackBudget {
  #spent = 0;

  /** The outermost reader got another chunk. */
  renew(): void {
    this.#spent = 0;
  }

  /** False where that is too much. */
  spend(bytes: number): boolean {
    this.#spent += bytes;
    return this.#spent <= MAX_UNPACKED_BYTES;
  }
}
