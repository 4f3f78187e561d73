/**
 * Takes into the journal what clients kept in `spill/` while the workbench was away. A file is deleted only
 * after its events are durable; a crash in between repeats them, and the fold makes nothing of repeats.
 */
import { unlink } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Clock } from '../../../core/model/time.ts';
import type { IntakeGate } from '../intake/intake-gate.ts';
import { placeNotKept } from '../intake/place-not-kept.ts';
import { JournalUnavailableError } from '../journal/journal-unavailable.ts';
import { readEventLines, type BodyReading } from '../records/read-body.ts';
import type { Reject } from '../records/record-intake.ts';
import { systemErrorCode } from '../system-error.ts';
import { readLineParts, type LinePart } from './read-line-parts.ts';
import { takeSpillFiles } from './spill-files.ts';

export interface SpillParts {
  readonly directory: string;
  readonly clock: Clock;
  readonly isRefusing: () => boolean;
  /** Every batch goes through it. */
  readonly gate: IntakeGate;
  readonly onAccepted: (records: number) => void;
  /** The first rejects of a file's part, and how many there were. */
  readonly onRejected: (where: string, rejects: readonly Reject[], count: number) => void;
  /** One sentence for a person, where a file cannot be taken. */
  readonly onError: (sentence: string) => void;
  readonly onBug: (error: unknown) => void;
}

/** How long a finished file waits to be seen. */
const LOOK_EVERY_MS = 1000;

export class SpillPickup {
  readonly #parts: SpillParts;
  /** How far a file is journaled, where the disk refused the rest. */
  readonly #progress = new Map<string, number>();
  /** Files that cannot be read: told once. */
  readonly #unreadable = new Set<string>();
  #looking: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(parts: SpillParts) {
    this.#parts = parts;
  }

  /** Looks at once, and from now on again and again. */
  start(): void {
    void this.look();
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
  }

  /** Takes every file that is complete now; one look at a time. */
  look(): Promise<void> {
    this.#looking ??= this.#takeAll()
      .catch((error: unknown) => {
        if (systemErrorCode(error) === undefined) this.#parts.onBug(error);
        else this.#parts.onError('The folder `spill` of the data directory cannot be read.');
      })
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }

  /** Ends behind the part that is under way; the rest waits for the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #takeAll(): Promise<void> {
    const { directory, clock } = this.#parts;
    for (const path of await takeSpillFiles(directory, clock() / 1000)) {
      if (this.#isClosed || this.#parts.isRefusing()) return;
      if (this.#unreadable.has(path)) continue;
      try {
        if (await this.#take(path)) await unlink(path);
        this.#progress.delete(path);
      } catch (error) {
        // The disk is full, say: the file keeps what is left of it, and the next look goes on from there.
        if (error instanceof JournalUnavailableError) return;
        if (systemErrorCode(error) === undefined) throw error;
        this.#unreadable.add(path);
        this.#parts.onError(
          `${basename(path)} in the folder \`spill\` could not be taken; it is still there.`,
        );
      }
    }
  }

  /** True when all of the file is durable. */
  async #take(path: string): Promise<boolean> {
    for await (const part of readLineParts(path, this.#progress.get(path) ?? 0)) {
      await this.#journal(basename(path), part);
      this.#progress.set(path, part.end);
      if (this.#isClosed) return false;
    }
    return true;
  }

  async #journal(name: string, part: LinePart): Promise<void> {
    if (part.kind !== 'lines') {
      const code = part.kind === 'cut' ? 'broken-record' : 'record-too-large';
      this.#parts.onRejected(`spill/${name}`, [{ position: -1, code, bytes: 0 }], 1);
      return;
    }
    const reading = readPart(part.body, this.#parts.clock());
    const { batch } = reading;
    const outcome = batch && (await this.#parts.gate.admit(batch));
    const { rejects, rejected } = outcome ? placeNotKept(reading, outcome.notKept) : reading;
    this.#parts.onAccepted((batch?.records.length ?? 0) - (outcome?.notKept.length ?? 0));
    this.#parts.onRejected(`spill/${name}`, rejects, rejected);
  }
}

/** A part without any good line is a reject as a whole, not the end of the file. */
function readPart(body: Buffer, nowUs: number): Extract<BodyReading, { kind: 'read' }> {
  const reading = readEventLines(body, nowUs);
  if (reading.kind === 'read') return reading;
  const reject = { position: -1, code: reading.code, bytes: body.length };
  return { kind: 'read', batch: undefined, rejects: [reject], rejected: 1 };
}
