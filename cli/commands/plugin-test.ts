/** `plugin test`: the author's cases and the automatic checks, in the guest in which the plugin will run. */
import { systemClock } from '../../electron/host/host.ts';
import { testPlugin, type PluginCheck } from '../../electron/host/plugins/author/test-plugin.ts';
import { ExitCode, print, printJson, say, visibleLines } from '../output.ts';

export interface PluginTestOptions {
  readonly json?: boolean;
}

const MARKS: Readonly<Record<PluginCheck['status'], string>> = {
  passed: '  ok    ',
  failed: '  FAIL  ',
  skipped: '  --    ',
};

export async function pluginTest(folder: string, { json = false }: PluginTestOptions): Promise<ExitCode> {
  const report = await testPlugin(folder, systemClock, (line) => say(visibleLines(line)));
  if (json) await printJson(report);
  else {
    const { id, version, checks } = report;
    await print(`${id} ${version}\n${checks.map(lineOf).join('')}`);
    const failed = checks.filter(({ status }) => status === 'failed').length;
    await print(failed === 0 ? 'All is well.\n' : `${failed} of ${checks.length} failed.\n`);
  }
  return report.status === 'passed' ? ExitCode.done : ExitCode.partial;
}

function lineOf({ name, status, message }: PluginCheck): string {
  const words = message === undefined ? '' : `${visibleLines(message).replaceAll(/^/gm, '          ')}\n`;
  return `${MARKS[status]}${visibleLines(name)}\n${words}`;
}
