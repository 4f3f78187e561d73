/**
 * What our processors cost a program of 1,000 spans a second, and that nothing is lost while the workbench comes
 * and goes. Usage: npm run bench:clients [-- --pairs N --seconds N]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from '../../bench/median.ts';
import { bundleProgram } from '../bundle-program.ts';
import { findAgentsPython, programEnv, ROOT } from '../python/find-python.ts';
import { end, RATE, runProgram, runStorm, startHost, type ProgramCommand } from './storm.ts';

const ROOM = join('test', 'clients', 'robustness');
const { values } = parseArgs({
  options: { pairs: { type: 'string', default: '10' }, seconds: { type: 'string', default: '15' } },
});
const PAIR_SPANS = 3 * RATE;

await measure('JavaScript', [process.execPath, await bundleProgram(join(ROOM, 'span-program.ts'))]);
const python = await findAgentsPython();
if (python.kind === 'found') await measure('Python', [python.python, join(ROOT, ROOM, 'span_program.py')]);
else console.log(`Python: left out, ${python.why}`);

async function measure(name: string, program: ProgramCommand): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'tracebench-robustness-'));
  try {
    const spans = Number(values.seconds) * RATE;
    const { arrived, program: told } = await runStorm(program, spans, data, programEnv(data));
    console.log(`${name}: ${String(arrived)} of ${String(spans)} spans arrived; at most ${told.maxRssMb} MB`);
    const host = await startHost(await bundleProgram(join(ROOM, 'host-program.ts')), data);
    const added: number[] = [];
    for (let pair = 0; pair < Number(values.pairs); pair++) {
      const cpuMs = { on: 0, off: 0 };
      // Whichever comes first meets a colder machine: it changes from pair to pair.
      for (const processor of pair % 2 === 0 ? (['off', 'on'] as const) : (['on', 'off'] as const)) {
        cpuMs[processor] = (await runProgram(program, PAIR_SPANS, processor, programEnv(data))).result.cpuMs;
      }
      added.push(cpuMs.on - cpuMs.off);
      console.log(`  pair ${pair + 1}: ${cpuMs.off} ms without, ${cpuMs.on} ms with`);
    }
    await end(host, 'SIGTERM');
    const perSpan = ((median(added) * 1000) / PAIR_SPANS).toFixed(0);
    const range = `${Math.min(...added)} to ${Math.max(...added)}`;
    console.log(
      `  added: median ${median(added)} ms (${range}) of processor time in 3 s, ${perSpan} µs a span`,
    );
    console.log(`  load of the machine: ${loadavg()[0]?.toFixed(1) ?? '?'}`);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}
