/** `convert`: files of any format that is read into one of any that is written, without a library. */
import { resolve } from 'node:path';
import { systemClock } from '../../electron/host/host.ts';
import { convertFiles } from '../../electron/host/export/convert-files.ts';
import { sayExport, writeExport } from '../exported-file.ts';
import { formatReport } from '../file-reports.ts';
import { ExitCode, say } from '../output.ts';
import { isWhole } from './import.ts';

export interface ConvertOptions {
  readonly to: string;
  readonly withhold?: readonly string[];
  readonly out?: string;
}

export async function convert(files: readonly string[], options: ConvertOptions): Promise<ExitCode> {
  const paths = files.map((file) => resolve(file));
  const { to, withhold = [] } = options;
  return await convertFiles(paths, { to, rules: withhold }, systemClock, async ({ reports, exported }) => {
    for (const report of reports) if (!isWhole(report)) say(formatReport(report).trimEnd());
    if (exported === undefined) {
      say('The files hold no traces; nothing was written.');
      return ExitCode.partial;
    }
    if (!(await writeExport(exported.chunks, options.out))) return ExitCode.partial;
    const state = await exported.state();
    sayExport(state);
    return reports.every(isWhole) && state.phase === 'done' ? ExitCode.done : ExitCode.partial;
  });
}
