/** `plugin pack`: a plugin as one file that can be given away and installed. */
import { writePackedPlugin } from '../../electron/host/plugins/author/write-plugin.ts';
import { countText } from '../../core/analysis/count-text.ts';
import { ExitCode, print, printJson } from '../output.ts';

export interface PluginPackOptions {
  readonly out?: string;
  readonly json?: boolean;
}

export async function pluginPack(
  folder: string,
  { out = '.', json = false }: PluginPackOptions,
): Promise<ExitCode> {
  const packed = await writePackedPlugin(folder, out);
  if (json) await printJson(packed);
  else
    await print(`Wrote ${packed.file} (${countText(packed.bytes, 'byte')}, source ${packed.integrity}).\n`);
  return ExitCode.done;
}
