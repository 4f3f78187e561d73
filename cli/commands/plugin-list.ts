/** `plugin list`: what is built in and installed, from the running host or from the data directory. */
import { findHostConnection } from '../../electron/host/client/open-trace-source.ts';
import { findDataDirectory } from '../../electron/host/data-directory.ts';
import { readPluginList, type ListedPlugin } from '../../electron/host/plugins/author/read-plugin-list.ts';
import { ExitCode, formatTable, print, printJson, say } from '../output.ts';

export interface PluginListOptions {
  readonly data?: string;
  readonly json?: boolean;
}

export async function pluginList({ data, json = false }: PluginListOptions): Promise<ExitCode> {
  const { plugins, problems } = await listPlugins(findDataDirectory(data));
  if (json) await printJson({ plugins });
  else if (plugins.length === 0) await print('No plugins.\n');
  else await print(formatTable([['ID', 'VERSION', 'ORIGIN', 'STATUS', 'NAME'], ...plugins.map(rowOf)]));
  for (const problem of problems) say(problem);
  return ExitCode.done;
}

function rowOf({ id, version, origin, status, name }: ListedPlugin): readonly string[] {
  return [id, version, origin, status, name];
}

async function listPlugins(
  directory: string,
): Promise<{ readonly plugins: readonly ListedPlugin[]; readonly problems: readonly string[] }> {
  const connection = await findHostConnection(directory, process.env['TRACEBENCH_URL'], 'toRead');
  if (connection === undefined) return await readPluginList(directory);
  try {
    return (await connection.request('plugins.list', {})).result;
  } finally {
    connection.close();
  }
}
