/** `export`: traces as they were received, one record a line, to a file or to stdout. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { visible } from '../../core/analysis/text-view.ts';
import { openTraceSource } from '../../electron/host/client/open-trace-source.ts';
import { findDataDirectory } from '../../electron/host/data-directory.ts';
import { systemClock } from '../../electron/host/host.ts';
import { systemErrorCode } from '../../electron/host/system-error.ts';
import { ExitCode, say } from '../output.ts';

export interface ExportOptions {
  readonly out?: string;
  readonly data?: string;
}

export async function exportTraces(traceIds: readonly string[], options: ExportOptions): Promise<ExitCode> {
  const directory = findDataDirectory(options.data);
  const source = await openTraceSource(directory, process.env['TRACEBENCH_URL'], systemClock);
  try {
    const exported = await source.exportTraces(traceIds);
    if (exported === undefined) {
      say('No trace has such an id. `list` shows those there are.');
      return ExitCode.partial;
    }
    for (const id of exported.unknown) say(`No trace has the id ${visible(id)}.`);
    if (!(await write(Readable.from(exported.lines), options.out))) return ExitCode.partial;
    return exported.unknown.length > 0 ? ExitCode.partial : ExitCode.done;
  } finally {
    await source.close();
  }
}

/** False, and said why, where the file cannot be written. A file that is there already stays as it is. */
async function write(lines: Readable, out: string | undefined): Promise<boolean> {
  if (out === undefined) {
    await pipeline(lines, process.stdout, { end: false });
    return true;
  }
  try {
    await pipeline(lines, createWriteStream(out, { flags: 'wx', mode: 0o600 }));
    return true;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    say(
      code === 'EEXIST'
        ? `${out} is there already; name a new file.`
        : `${out} could not be written: ${code}.`,
    );
    return false;
  }
}
