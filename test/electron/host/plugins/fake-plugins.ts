/** Plugins whose thread is the test: their folders are real, what they do is a function of the test's own. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json, JsonObject } from '../../../../core/model/json.ts';
import { PluginFault } from '../../../../electron/host/plugins/plugin-fault.ts';
import type { StartRunner } from '../../../../electron/host/plugins/supervisor.ts';

/** What a plugin does: gets what the guest would get, and gives what it would give. Throws what it would throw. */
export interface FakePlugin {
  readonly hooks?: Readonly<Record<string, (input: Json, settings: JsonObject) => unknown>>;
  readonly analyses?: Readonly<
    Record<string, { readonly map: (trace: Json) => unknown; readonly reduce: (parts: Json) => unknown }>
  >;
}

/** By id. A plugin that is not in it cannot be evaluated. */
export type FakePlugins = Record<string, FakePlugin>;

/** The words of a plugin that ran into its deadline. */
export const DEADLINE = 'It ran into its deadline of 1000 ms.';

/** Tells of starts and ends by `starts`: the ids of the threads that run. */
export function startFake(plugins: FakePlugins, running: string[] = []): StartRunner {
  return ({ manifest: { id } }) => {
    const plugin = plugins[id];
    if (plugin === undefined) return Promise.reject(new PluginFault('no such thing at plugin.ts:1:1'));
    running.push(id);
    const { hooks = {}, analyses = {} } = plugin;
    const answer = (work: () => unknown): Promise<string> => {
      try {
        return Promise.resolve(JSON.stringify(work() ?? null));
      } catch (error) {
        return Promise.reject(error instanceof PluginFault ? error : new PluginFault(String(error)));
      }
    };
    const runner = {
      callHook: (hook: string, input: string, settings: string) =>
        answer(() => hooks[hook]?.(JSON.parse(input) as Json, JSON.parse(settings) as JsonObject)),
      call: (analysis: string, step: 'map' | 'reduce', input: string) =>
        answer(() => analyses[analysis]?.[step](JSON.parse(input) as Json)),
      close: () => {
        const at = running.indexOf(id);
        if (at >= 0) running.splice(at, 1);
        return Promise.resolve();
      },
    };
    return Promise.resolve({ runner, hooks: Object.keys(hooks), analyses: Object.keys(analyses) });
  };
}

/** Writes plugin.json and a source into a folder, and answers the folder. */
export async function writePlugin(
  parent: string,
  id: string,
  more: JsonObject = {},
  code = '1;',
): Promise<string> {
  const folder = join(parent, id);
  await mkdir(folder, { recursive: true });
  const manifest = { id, version: '1.0.0', name: id, apiVersion: 1, main: 'plugin.ts', reads: ['timing'] };
  await writeFile(join(folder, 'plugin.json'), JSON.stringify({ ...manifest, ...more }));
  await writeFile(join(folder, 'plugin.ts'), code);
  return folder;
}
