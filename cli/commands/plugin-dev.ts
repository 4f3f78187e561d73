/**
 * `plugin dev`: runs a plugin whenever a file of it is saved, over its fixture or the given files, and keeps the running
 * workbench, where there is one, at what was saved last.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findHostConnection } from '../../electron/host/client/open-trace-source.ts';
import { findDataDirectory } from '../../electron/host/data-directory.ts';
import { systemClock } from '../../electron/host/host.ts';
import { LiveFolder } from '../../electron/host/plugins/author/live-folder.ts';
import { USUAL_FIXTURE } from '../../electron/host/plugins/author/plugin-cases.ts';
import { runOnFiles } from '../../electron/host/plugins/author/run-on-files.ts';
import { watchFolder } from '../../electron/host/plugins/folder-watch.ts';
import { systemPluginClock } from '../../electron/host/plugins/plugin-clock.ts';
import { PluginFault } from '../../electron/host/plugins/plugin-fault.ts';
import { describeRights } from '../describe-rights.ts';
import { ExitCode, print, say, visibleLines } from '../output.ts';
import { formatRuns, writeTerminalRows } from '../plugin-results.ts';
import { nextSignal } from '../signals.ts';

export interface PluginDevOptions {
  readonly data?: string;
  readonly once?: boolean;
}

export async function pluginDev(
  path: string,
  files: readonly string[],
  { data, once = false }: PluginDevOptions,
): Promise<ExitCode> {
  const folder = resolve(path);
  const fixture = join(folder, USUAL_FIXTURE);
  const paths = files.length > 0 ? files : existsSync(fixture) ? [fixture] : [];
  const live = await openLive(folder, data);
  if (paths.length === 0 && live === undefined) {
    say(
      `There is no ${USUAL_FIXTURE} beside plugin.json, no file was given, and no workbench runs: nothing to run it on.`,
    );
    return ExitCode.usage;
  }
  try {
    const isDone = await runSaved(folder, paths, live);
    if (once) return isDone ? ExitCode.done : ExitCode.partial;
    await watchUntilEnd(folder, () => runSaved(folder, paths, live));
    return ExitCode.done;
  } finally {
    live?.close();
  }
}

async function openLive(folder: string, data: string | undefined): Promise<LiveFolder | undefined> {
  const connection = await findHostConnection(
    findDataDirectory(data),
    process.env['TRACEBENCH_URL'],
    'toRead',
  );
  return connection && new LiveFolder(connection, folder);
}

/** True where it did its work, wherever it was run. */
async function runSaved(
  folder: string,
  paths: readonly string[],
  live: LiveFolder | undefined,
): Promise<boolean> {
  try {
    if (paths.length > 0) {
      const run = await runOnFiles(folder, paths, systemClock, (line) => say(visibleLines(line)));
      if (run.error !== undefined) throw new PluginFault(run.error);
      await print(formatRuns([run], '', writeTerminalRows));
      for (const alert of run.results)
        if (alert.kind === 'alert') await print(`${alert.severity}: ${visibleLines(alert.message)}\n`);
    }
    const offer = await live?.load();
    if (offer !== undefined)
      say(`\nIn the workbench now: ${offer.id} ${offer.version}\n${describeRights(offer)}`);
    return true;
  } catch (error) {
    if (!(error instanceof PluginFault)) throw error;
    say(visibleLines(error.message));
    return false;
  }
}

/** One run after the other: a saving during a run is looked at behind it. */
async function watchUntilEnd(folder: string, run: () => Promise<boolean>): Promise<void> {
  let running = Promise.resolve();
  const stop = watchFolder(folder, systemPluginClock, () => {
    running = running.then(async () => {
      say('\nSaved.');
      await run();
    });
  });
  say('Waiting for you to save. Ctrl+C ends it.');
  // The watch alone keeps no process alive.
  const alive = setInterval(() => undefined, 60_000);
  await nextSignal(['SIGINT', 'SIGTERM']);
  clearInterval(alive);
  stop();
  await running;
}
