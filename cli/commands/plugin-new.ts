/** `plugin new`: a folder with a plugin that runs and is tested as it stands. */
import { writeNewPlugin } from '../../electron/host/plugins/author/write-plugin.ts';
import { ExitCode, print, printJson } from '../output.ts';

export interface PluginNewOptions {
  readonly json?: boolean;
}

export async function pluginNew(path: string, { json = false }: PluginNewOptions): Promise<ExitCode> {
  const written = await writeNewPlugin(path);
  if (json) {
    await printJson(written);
    return ExitCode.done;
  }
  const { id, folder, files } = written;
  await print(`Made the plugin ${id} in ${folder}:\n${files.map((name) => `  ${name}\n`).join('')}`);
  await print(`
Next:
  tracebench plugin test ${path}    runs its cases and checks it
  tracebench plugin dev ${path}     runs it again whenever you save
`);
  return ExitCode.done;
}
