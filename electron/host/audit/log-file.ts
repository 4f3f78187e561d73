/** The open file at the end of the log: bytes are added and made durable, or the file is as it was. */
import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface LogFile {
  readonly bytes: number;
  /** Resolves when they are durable. Rejects with the system's error, and nothing was added then. */
  append(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** `bytes`: where the whole lines end; what stands behind was never acknowledged, and goes. */
export type OpenLogFile = (path: string, bytes: number) => Promise<LogFile>;

export const openLogFile: OpenLogFile = async (path, bytes) => {
  // Never through a link: what is recorded would stand somewhere else.
  const handle = await open(path, 'a+', 0o600);
  await handle.truncate(bytes);
  await syncFolder(dirname(path));
  return new DiskLogFile(handle, bytes);
};

class DiskLogFile implements LogFile {
  bytes: number;
  readonly #handle: FileHandle;
  #isTorn = false;

  constructor(handle: FileHandle, bytes: number) {
    this.#handle = handle;
    this.bytes = bytes;
  }

  async append(added: Uint8Array): Promise<void> {
    if (this.#isTorn) await this.#mend();
    this.#isTorn = true;
    try {
      for (let done = 0; done < added.length;) {
        const { bytesWritten } = await this.#handle.write(added, done);
        done += bytesWritten;
      }
      await this.#handle.datasync();
    } catch (error) {
      await this.#mend().catch(() => undefined);
      throw error;
    }
    this.#isTorn = false;
    this.bytes += added.length;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #mend(): Promise<void> {
    await this.#handle.truncate(this.bytes);
    await this.#handle.datasync();
    this.#isTorn = false;
  }
}

/** A new file's name must be durable, too; where folders cannot be opened, as on Windows, the system sees to it. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
