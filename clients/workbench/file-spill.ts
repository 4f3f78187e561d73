/**
 * Keeps what cannot be delivered in files of the workbench's data directory, which the workbench journals and
 * deletes when it runs. Bounded: what is oldest is kept.
 */
import { existsSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findDataDirectory } from './data-directory.ts';
import { SpillFile } from './spill-file.ts';
import type { Spill } from './spill.ts';
import { unreferenced } from './unreferenced.ts';

export interface SpillLimits {
  /** Bytes that one program may keep. */
  readonly programBytes: number;
  /** Bytes that all programs of the user may keep together. */
  readonly allBytes: number;
  /** A file is handed over when it is so long, or so old. */
  readonly fileBytes: number;
  readonly fileMs: number;
}

const MIB = 1024 * 1024;
export const SPILL_LIMITS: SpillLimits = {
  programBytes: 64 * MIB,
  allBytes: 256 * MIB,
  fileBytes: 16 * MIB,
  fileMs: 60_000,
};
/** How soon a workbench that began to run gets the file. */
const LOOK_EVERY_MS = 1000;

export class FileSpill implements Spill {
  readonly #data: string;
  readonly #limits: SpillLimits;
  #file: SpillFile | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #count = 0;
  #own = 0;
  #all = 0;

  /** `data` is the workbench's data directory. */
  constructor(data: string = findDataDirectory(), limits: SpillLimits = SPILL_LIMITS) {
    this.#data = data;
    this.#limits = limits;
  }

  keep(lines: readonly string[]): boolean {
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    try {
      this.#finishWorn();
      this.#file ??= this.#open();
      if (this.#own + bytes.length > this.#limits.programBytes) return false;
      if (this.#all + bytes.length > this.#limits.allBytes) return false;
      this.#file.append(bytes);
    } catch {
      // No room, no right, no such disk: the sender counts and tells what is lost.
      return false;
    }
    this.#own += bytes.length;
    this.#all += bytes.length;
    return true;
  }

  /** Hands over what is written so far. Never throws. */
  finish(): void {
    clearInterval(this.#timer);
    const file = this.#file;
    this.#file = undefined;
    try {
      file?.finish();
    } catch {
      // It stays `.open`: the workbench takes it when this process has ended.
    }
  }

  #finishWorn(): void {
    const file = this.#file;
    if (file === undefined) return;
    const { fileBytes, fileMs } = this.#limits;
    const isOld = Date.now() - file.openedAtMs > fileMs;
    if (isOld || file.bytes >= fileBytes || !file.isThere) this.finish();
  }

  #open(): SpillFile {
    const folder = join(this.#data, 'spill');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#measure(folder);
    // The time tells two copies of this code in one process apart, and two processes of one number.
    const name = `${process.pid}-${process.hrtime.bigint()}-${++this.#count}.ndjson`;
    const file = new SpillFile(join(folder, name), Date.now());
    // A workbench that runs has an address file; one that died may have left it, which only makes files smaller.
    const look = (): void => {
      if (existsSync(join(this.#data, 'host.json'))) this.finish();
      else this.#finishWorn();
    };
    this.#timer = unreferenced(setInterval(look, LOOK_EVERY_MS));
    return file;
  }

  #measure(folder: string): void {
    this.#own = 0;
    this.#all = 0;
    for (const name of readdirSync(folder)) {
      // Undefined where the workbench took it between the two looks.
      const bytes = lstatSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
      this.#all += bytes;
      if (name.startsWith(`${process.pid}-`)) this.#own += bytes;
    }
  }
}
