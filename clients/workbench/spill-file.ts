/**
 * One file of the spill: whole lines, readable by the user alone. It is called `.ndjson.open` while it is
 * written and `.ndjson` when the workbench may take it; where this process dies, the workbench sees that itself.
 */
import { closeSync, existsSync, ftruncateSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs';

const OPEN = '.open';

export class SpillFile {
  readonly openedAtMs: number;
  readonly #path: string;
  readonly #descriptor: number;
  #bytes = 0;

  /** Creates the file; throws where that fails or where it is there already. */
  constructor(path: string, nowMs: number) {
    this.openedAtMs = nowMs;
    this.#path = `${path}${OPEN}`;
    this.#descriptor = openSync(this.#path, 'wx', 0o600);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** False once the workbench took it, since it thought this process dead. */
  get isThere(): boolean {
    return existsSync(this.#path);
  }

  /** Throws where the disk refuses; half a line never stays. */
  append(lines: Buffer): void {
    let written = 0;
    try {
      while (written < lines.length) {
        written += writeSync(this.#descriptor, lines, written, lines.length - written, this.#bytes + written);
      }
    } catch (error) {
      ftruncateSync(this.#descriptor, this.#bytes);
      throw error;
    }
    this.#bytes += lines.length;
  }

  /** Hands the file over; nothing may be appended any more. */
  finish(): void {
    closeSync(this.#descriptor);
    if (!this.isThere) return;
    if (this.#bytes === 0) unlinkSync(this.#path);
    else renameSync(this.#path, this.#path.slice(0, -OPEN.length));
  }
}
