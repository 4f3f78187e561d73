/**
 * All that the journal asks of a disk. Tests put a failing one in its place, so nothing in this folder
 * touches `node:fs` but `node-journal-files.ts`.
 */

/** A segment that is being written. Every call rejects with the system's error where the disk refuses. */
export interface WritableSegment {
  /** Writes all parts one behind the other from `position` on, or rejects. */
  write(parts: readonly Uint8Array[], position: number): Promise<void>;
  /** Returns only when what was written would outlive a loss of power. */
  datasync(): Promise<void>;
  close(): Promise<void>;
}

/** A segment that is read by address. Reads are synchronous: the fold asks for lines in mid comparison. */
export interface ReadableSegment {
  /** The bytes `[position, position + length)`; fewer where the file ends before. */
  read(position: number, length: number): Buffer<ArrayBuffer>;
  size(): number;
  close(): void;
}

/** The files of one journal directory, by name. */
export interface JournalFiles {
  list(): Promise<readonly string[]>;
  /** Size in bytes, or undefined where no regular file has this name. */
  size(name: string): Promise<number | undefined>;
  /** Creates a file that must not exist yet. */
  create(name: string): Promise<WritableSegment>;
  /** Opens a file to write behind what it holds. */
  open(name: string): Promise<WritableSegment>;
  /** Throws the system's error, ENOENT where the file does not exist. */
  openForRead(name: string): ReadableSegment;
  truncate(name: string, size: number): Promise<void>;
  /** Writes a whole file so that either the old or the new one is there, whatever happens. */
  replace(name: string, bytes: Uint8Array): Promise<void>;
  /** Takes over a whole, durable file from another folder, which must not have that name here. */
  adopt(path: string, name: string): Promise<void>;
  /** Gives a file another name, in place of the file that has it. */
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Makes created, replaced and removed names outlive a loss of power. */
  syncDirectory(): Promise<void>;
}
