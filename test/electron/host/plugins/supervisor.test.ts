import { expect, it } from 'vitest';
import type { LoadedPlugin } from '../../../../electron/host/plugins/load-plugin.ts';
import { PluginFault } from '../../../../electron/host/plugins/plugin-fault.ts';
import { PluginLog } from '../../../../electron/host/plugins/plugin-log.ts';
import { Supervisor } from '../../../../electron/host/plugins/supervisor.ts';
import { FakeClock, settle } from './fake-clock.ts';
import { DEADLINE, startFake, type FakePlugin } from './fake-plugins.ts';

function supervise(plugin: FakePlugin | undefined): {
  readonly supervisor: Supervisor;
  readonly clock: FakeClock;
  readonly running: readonly string[];
  readonly log: PluginLog;
} {
  const clock = new FakeClock();
  const running: string[] = [];
  const log = new PluginLog(clock);
  const manifest = { id: 'local.a', version: '1.0.0', name: 'A', apiVersion: 1, main: 'a.ts', reads: [] };
  const loaded: Pick<LoadedPlugin, 'manifest'> = { manifest };
  const start = startFake(plugin === undefined ? {} : { 'local.a': plugin }, running);
  // The fake needs no more of a plugin than its manifest.
  const settings = (): string => '{}';
  const options = { plugin: loaded as LoadedPlugin, start, clock, log, settings, onChange: () => undefined };
  return { supervisor: new Supervisor(options), clock, running, log };
}

/** The words of the fault. */
const faultOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'no fault',
    (error: unknown) => (error instanceof PluginFault ? error.message : 'a bug'),
  );

it('starts a thread with the first call, and ends it when nothing was asked for a minute', async () => {
  const { supervisor, clock, running } = supervise({ hooks: { processTrace: () => 4 } });
  expect(running).toEqual([]);
  expect(await supervisor.callHook('processTrace', '{}', '{}')).toBe('4');
  expect(running).toEqual(['local.a']);
  await settle();
  await clock.advance(60_000);
  expect(running).toEqual([]);
  expect(await supervisor.callHook('processTrace', '{}', '{}')).toBe('4');
});

it('tells a plugin before its thread ends, and ends it although it fails then', async () => {
  const told: string[] = [];
  const hooks = {
    processTrace: () => 4,
    forceFlush: () => told.push('forceFlush'),
    shutdown: () => {
      told.push('shutdown');
      throw new PluginFault('no goodbye');
    },
  };
  const { supervisor, clock, running, log } = supervise({ hooks });
  await supervisor.callHook('processTrace', '{}', '{}');
  await settle();
  await clock.advance(60_000);
  await settle();
  expect(told).toEqual(['forceFlush', 'shutdown']);
  expect(running).toEqual([]);
  expect(log.newest().map(({ text }) => text)).toContain('shutdown failed: no goodbye');
  await supervisor.close();
  expect(told).toHaveLength(2);
});

it('keeps the thread of a plugin that ingest waits for', async () => {
  const { supervisor, clock, running } = supervise({ hooks: { access: () => 4 } });
  await supervisor.callHook('access', '{}', '{}');
  await clock.advance(600_000);
  expect(running).toEqual(['local.a']);
});

it('answers what ingest waits for before what can wait', async () => {
  const order: string[] = [];
  const hooks = { access: () => order.push('access'), processTrace: () => order.push('processTrace') };
  const { supervisor } = supervise({ hooks });
  const calls = ['processTrace', 'processTrace', 'access'] as const;
  await Promise.all(calls.map((hook) => supervisor.callHook(hook, '{}', '{}')));
  expect(order).toEqual(['processTrace', 'access', 'processTrace']);
});

it('what a plugin throws is the fault of that call alone', async () => {
  const { supervisor, running } = supervise({
    hooks: {
      processTrace: (input) => {
        if (input === 1) throw new PluginFault('no');
        return 'fine';
      },
    },
  });
  for (let i = 0; i < 5; i++)
    expect(await faultOf(supervisor.callHook('processTrace', '1', '{}'))).toBe('no');
  expect(await supervisor.callHook('processTrace', '2', '{}')).toBe('"fine"');
  expect(running).toEqual(['local.a']);
  expect(supervisor.timings.list()).toMatchObject([{ hook: 'processTrace', calls: 6, faults: 5 }]);
});

it('fault 68: is started again after 1 and 5 seconds, and given up after three breakdowns in five minutes', async () => {
  const { supervisor, clock, running, log } = supervise({
    hooks: {
      processTrace: () => {
        throw new PluginFault(DEADLINE);
      },
    },
  });
  const ask = (): Promise<string> => faultOf(supervisor.callHook('processTrace', '{}', '{}'));
  expect(await ask()).toBe(DEADLINE);
  expect(running).toEqual([]);
  const second = ask();
  await clock.advance(999);
  expect(running).toEqual([]);
  await clock.advance(1);
  expect(await second).toBe(DEADLINE);
  const third = ask();
  await clock.advance(5000);
  expect(await third).toBe(DEADLINE);
  expect(supervisor.fault).toBe(
    `A broke down three times in five minutes and was switched off; nothing else is affected. The last time: ${DEADLINE}`,
  );
  expect(await ask()).toBe(supervisor.fault);
  expect(running).toEqual([]);
  expect(log.newest().at(-1)).toMatchObject({ by: 'host', text: supervisor.fault });
});

it('three breakdowns in more than five minutes end nothing', async () => {
  let calls = 0;
  const { supervisor, clock } = supervise({
    hooks: {
      processTrace: () => {
        calls += 1;
        throw new PluginFault(DEADLINE);
      },
    },
  });
  for (let i = 0; i < 5; i++) {
    const call = faultOf(supervisor.callHook('processTrace', '{}', '{}'));
    await settle();
    expect(await call).toBe(DEADLINE);
    await clock.advance(151_000);
  }
  expect(calls).toBe(5);
  expect(supervisor.fault).toBeUndefined();
});

it('ingest is not kept waiting for a restart that takes longer than a second', async () => {
  const { supervisor, clock } = supervise({
    hooks: {
      access: () => {
        throw new PluginFault(DEADLINE);
      },
    },
  });
  const ask = (): Promise<string> => faultOf(supervisor.callHook('access', '{}', '{}'));
  await ask();
  const second = ask();
  await clock.advance(1000);
  expect(await second).toBe(DEADLINE);
  expect(await ask()).toBe('It broke down and is started again in a moment.');
});

it('a source that cannot be evaluated is not tried again', async () => {
  const { supervisor } = supervise(undefined);
  const fault = 'It could not be evaluated. no such thing at plugin.ts:1:1';
  expect(await faultOf(supervisor.learn())).toContain('no such thing');
  expect(supervisor.fault).toBe(fault);
  expect(await faultOf(supervisor.callHook('processTrace', '{}', '{}'))).toBe(fault);
});

it('refuses what waits when it is switched off', async () => {
  const { supervisor } = supervise({ hooks: { processTrace: () => 1 } });
  const calls = [1, 2].map(() => faultOf(supervisor.callHook('processTrace', '{}', '{}')));
  await supervisor.close();
  expect((await Promise.all(calls)).at(-1)).toBe('It was switched off.');
  expect(await faultOf(supervisor.callHook('processTrace', '{}', '{}'))).toBe('It was switched off.');
});
