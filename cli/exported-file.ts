/** Writes an export to a new file or to stdout, and says what it came to. */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { countText } from '../core/analysis/count-text.ts';
import { visible } from '../core/analysis/text-view.ts';
import type { ExportState } from '../core/rpc/export.ts';
import { passOver } from '../electron/host/pass-over.ts';
import { systemErrorCode } from '../electron/host/system-error.ts';
import { say } from './output.ts';

/**
 * False, and said why, where the file cannot be written. A file that is there already stays as it is; `-` is stdout,
 * as for other programs.
 */
export async function writeExport(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  out: string | undefined,
): Promise<boolean> {
  const bytes = Readable.from(chunks);
  if (out === undefined || out === '-') {
    await pipeline(bytes, process.stdout, { end: false });
    return true;
  }
  const file = createWriteStream(out, { flags: 'wx', mode: 0o600 });
  try {
    await pipeline(bytes, file);
    return true;
  } catch (error) {
    // A file that is cut short must not be taken for a whole one.
    const code = systemErrorCode(error);
    if (code !== 'EEXIST') await rm(out, { force: true }).catch(passOver);
    if (code === undefined) throw error;
    say(
      code === 'EEXIST'
        ? `${visible(out)} is there already; name a new file.`
        : `${visible(out)} could not be written: ${code}.`,
    );
    return false;
  }
}

/** What was lost and what was withheld; nothing where everything left as it was. */
export function sayExport({ message, losses, withheld }: ExportState): void {
  if (message !== undefined) say(message);
  for (const loss of losses) say(loss.message);
  for (const { rule, values, records } of withheld) {
    say(`Withheld by ${rule}: ${countText(values, 'value')} in ${countText(records, 'record')}.`);
  }
}
