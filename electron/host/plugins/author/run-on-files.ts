/** A plugin from its folder over files, as its author runs it: everything that it reads can be had. */
import type { Clock } from '../../../../core/model/time.ts';
import { loadPlugin } from '../load-plugin.ts';
import type { TakeLog } from '../plugin-runner.ts';
import { runAnalyses, type PluginRun } from '../run-analyses.ts';
import { withStoredFiles } from './stored-files.ts';

/** Rejects with a `PluginFault` where it cannot be loaded; its own faults are in the run. */
export async function runOnFiles(
  folder: string,
  paths: readonly string[],
  clock: Clock,
  takeLog: TakeLog,
): Promise<PluginRun> {
  const plugin = await loadPlugin(folder, { isDevelopment: true });
  return await withStoredFiles(paths, clock, ({ traceIds, openTrace }) => {
    const summaries = traceIds.map((traceId) => openTrace(traceId).summary);
    return runAnalyses(plugin, { summaries, openTrace, nowUs: clock() }, {}, takeLog);
  });
}
