/** `--plugin` and `--settings` of analyze: plugins one after the other, their logs and faults on stderr. */
import { readFile } from 'node:fs/promises';
import type { Finding } from '../core/model/finding.ts';
import { isJsonObject, objectAt, type Json, type JsonObject } from '../core/model/json.ts';
import { loadNamedPlugin } from '../electron/host/plugins/load-named-plugin.ts';
import { findingsOf } from '../electron/host/plugins/plugin-findings.ts';
import { PluginFault } from '../electron/host/plugins/plugin-fault.ts';
import { runAnalyses, type AnalysedTraces, type PluginRun } from '../electron/host/plugins/run-analyses.ts';
import { systemErrorCode } from '../electron/host/system-error.ts';
import { say, visibleLines } from './output.ts';

/** `words`: ids or paths. Throws a `PluginFault` where one cannot be loaded: then none is run. */
export async function runPlugins(
  words: readonly string[],
  dataDirectory: string,
  settingsFile: string | undefined,
  traces: AnalysedTraces,
): Promise<readonly PluginRun[]> {
  const settings = settingsFile === undefined ? {} : await readSettings(settingsFile);
  const plugins = await Promise.all(words.map((word) => loadNamedPlugin(word, dataDirectory)));
  const runs: PluginRun[] = [];
  for (const plugin of plugins) {
    const { id } = plugin.manifest;
    const tell = (line: string): void => say(`${id}: ${visibleLines(line)}`);
    const run = await runAnalyses(plugin, traces, objectAt(settings, id) ?? {}, tell);
    if (run.error !== undefined) tell(run.error);
    runs.push(run);
  }
  return runs;
}

/** The findings of all: what alerts and marks of plugins say, beside what was known. */
export function joinFindings(
  known: ReadonlyMap<string, readonly Finding[]>,
  runs: readonly PluginRun[],
): ReadonlyMap<string, readonly Finding[]> {
  const joined = new Map<string, readonly Finding[]>(known);
  for (const { id, results } of runs) {
    for (const [traceId, findings] of findingsOf(id, results)) {
      joined.set(traceId, [...(joined.get(traceId) ?? []), ...findings]);
    }
  }
  return joined;
}

async function readSettings(path: string): Promise<JsonObject> {
  try {
    const value = JSON.parse(await readFile(path, 'utf8')) as Json;
    if (isJsonObject(value)) return value;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== undefined) throw new PluginFault(`${path} cannot be read (${code}).`, error);
  }
  throw new PluginFault(`${path} is to hold one JSON object: settings for each plugin, by its id.`);
}
