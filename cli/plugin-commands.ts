/** The words of `tracebench plugin …`: making, testing, packing, installing and listing plugins. */
import type { Command } from 'commander';
import { pluginDev, type PluginDevOptions } from './commands/plugin-dev.ts';
import { pluginInstall, type PluginInstallOptions } from './commands/plugin-install.ts';
import { pluginList, type PluginListOptions } from './commands/plugin-list.ts';
import { pluginNew, type PluginNewOptions } from './commands/plugin-new.ts';
import { pluginPack, type PluginPackOptions } from './commands/plugin-pack.ts';
import { pluginTest, type PluginTestOptions } from './commands/plugin-test.ts';
import type { ExitCode } from './output.ts';

const DATA = '--data <dir>';

/** Texts that other commands use, too. */
export interface HelpTexts {
  readonly data: string;
  readonly json: string;
}

export function addPlugin(program: Command, help: HelpTexts, end: (code: ExitCode) => void): void {
  const plugin = program.command('plugin').description('make, test, pack, install and list plugins');
  plugin
    .command('new')
    .description('write a new plugin: a folder that runs and is tested as it stands')
    .argument('<path>', 'where; the last part is its name')
    .option('--json', help.json)
    .action(async (path: string, options: PluginNewOptions) => end(await pluginNew(path, options)));
  plugin
    .command('dev')
    .description('run a plugin again whenever a file of it is saved, in the running workbench or over files')
    .argument('<dir>', 'folder of the plugin')
    .argument('[file...]', 'traces to run it on (default: its fixture.jsonl)')
    .option(DATA, help.data)
    .option('--once', 'run it once and end')
    .action(async (folder: string, files: readonly string[], options: PluginDevOptions) =>
      end(await pluginDev(folder, files, options)),
    );
  plugin
    .command('test')
    .description('run the cases of a plugin in its real guest, and check what every plugin is to hold')
    .argument('<dir>', 'folder of the plugin')
    .option('--json', help.json)
    .action(async (folder: string, options: PluginTestOptions) => end(await pluginTest(folder, options)));
  plugin
    .command('pack')
    .description('make one file of a plugin, NAME-VERSION.tbplugin')
    .argument('<dir>', 'folder of the plugin')
    .option('-o, --out <dir>', 'where to write it (default: here)')
    .option('--json', help.json)
    .action(async (folder: string, options: PluginPackOptions) => end(await pluginPack(folder, options)));
  plugin
    .command('list')
    .description('list the plugins that are built in and installed')
    .option(DATA, help.data)
    .option('--json', help.json)
    .action(async (options: PluginListOptions) => end(await pluginList(options)));
  plugin
    .command('install')
    .description('show what a plugin may read and do, and install it')
    .argument('<path>', 'a .tbplugin file, or a folder')
    .option(DATA, help.data)
    .option('--yes', 'agree without being asked')
    .option('--json', help.json)
    .action(async (path: string, options: PluginInstallOptions) => end(await pluginInstall(path, options)));
  for (const command of plugin.commands) command.exitOverride().showHelpAfterError();
}
