/** Plugins in the real guest, but in the thread of the test: it needs no build. */
import { Guest } from '../../../../electron/host/plugins/guest.ts';
import { PluginFault } from '../../../../electron/host/plugins/plugin-fault.ts';
import type { StartRunner } from '../../../../electron/host/plugins/supervisor.ts';
import type { GuestAnswer, GuestContents } from '../../../../electron/host/plugins/thread-words.ts';

const DEADLINE_MS = 10_000;

export const startGuest: StartRunner = async ({ source, memoryMb }, takeLog) => {
  const guest = await Guest.open(memoryMb, () => performance.now());
  const read = (answer: GuestAnswer): string => {
    if (answer.kind === 'fault') throw new PluginFault(answer.fault);
    for (const line of answer.logs) takeLog(line);
    return answer.json;
  };
  const { hooks, analyses } = JSON.parse(read(guest.load(source, DEADLINE_MS))) as GuestContents;
  const call = async (request: string): Promise<string> => {
    return await Promise.resolve(read(guest.call(request, DEADLINE_MS)));
  };
  const runner = {
    callHook: (hook: string, input: string, settings: string) =>
      call(`{"hook":"${hook}","settings":${settings},"input":${input}}`),
    call: (analysis: string, step: string, input: string, settings: string) =>
      call(`{"analysis":"${analysis}","step":"${step}","settings":${settings},"input":${input}}`),
    close: () => Promise.resolve(),
  };
  return { runner, hooks, analyses };
};
