/**
 * `plugin test`: the author's cases in the real guest, and what every plugin is to hold, case or no case: it answers the
 * same twice, reads what it declared, keeps its deadlines, answers in the right shape, and redacts nothing twice.
 */
import type { ManifestReader } from '../../../../core/plugin-api/check-manifest.ts';
import { isHookName, type HookName } from '../../../../core/plugin-api/hooks.ts';
import { canonicalJson, isJsonList, type Json, type JsonObject } from '../../../../core/model/json.ts';
import { resolveSettings } from '../../../../core/plugin-api/settings.ts';
import type { Clock } from '../../../../core/model/time.ts';
import { loadPlugin, type LoadedPlugin } from '../load-plugin.ts';
import { PluginFault } from '../plugin-fault.ts';
import { PluginRunner, type RunnerOptions, type StartedPlugin, type TakeLog } from '../plugin-runner.ts';
import { readFixture } from './read-fixture.ts';
import { findDifference } from './match-expected.ts';
import { readCases, USUAL_FIXTURE, type PluginCase } from './plugin-cases.ts';
import { runAnalysis, runHook, runHookOn, type Fixture } from './run-once.ts';

export interface PluginCheck {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Why it failed or was skipped, in whole sentences. */
  readonly message?: string;
}

export interface PluginTestReport {
  readonly id: string;
  readonly version: string;
  readonly status: 'passed' | 'failed';
  readonly checks: readonly PluginCheck[];
}

export interface PluginTestOptions extends RunnerOptions {
  readonly reader?: ManifestReader;
}

/** Rejects with a `PluginFault` where the plugin or its cases cannot even be read. */
export async function testPlugin(
  folder: string,
  clock: Clock,
  takeLog: TakeLog,
  options: PluginTestOptions = {},
): Promise<PluginTestReport> {
  const plugin = await loadPlugin(folder, options.reader ?? { isDevelopment: true });
  const cases = await readCases(folder);
  const test = new PluginTest(plugin, folder, clock, takeLog, options);
  const checks: PluginCheck[] = [];
  for (const each of cases) checks.push(await test.runCase(each));
  checks.push(...(await test.runChecks()));
  const { id, version } = plugin.manifest;
  const isPassed = checks.every(({ status }) => status !== 'failed');
  return { id, version, status: isPassed ? 'passed' : 'failed', checks };
}

class PluginTest {
  readonly #plugin: LoadedPlugin;
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #takeLog: TakeLog;
  readonly #options: RunnerOptions;
  readonly #fixtures = new Map<string, Promise<Fixture>>();

  constructor(plugin: LoadedPlugin, folder: string, clock: Clock, takeLog: TakeLog, options: RunnerOptions) {
    this.#options = options;
    this.#plugin = plugin;
    this.#folder = folder;
    this.#clock = clock;
    this.#takeLog = takeLog;
  }

  async runCase(wanted: PluginCase): Promise<PluginCheck> {
    const { name, expect, fails } = wanted;
    try {
      const answer = await this.#answer(wanted);
      if (fails !== undefined) return failed(name, `It was to fail with "${fails}", and did not.`);
      const difference = findDifference(expect ?? null, answer);
      return difference === undefined ? { name, status: 'passed' } : failed(name, difference);
    } catch (error) {
      if (!(error instanceof PluginFault)) throw error;
      if (fails !== undefined && error.message.includes(fails)) return { name, status: 'passed' };
      return failed(name, error.message);
    }
  }

  /** The checks that no author has to write. */
  async runChecks(): Promise<readonly PluginCheck[]> {
    const first = await this.#tryAll();
    if (first.fault !== undefined)
      return [failed(`every hook and analysis answers over ${USUAL_FIXTURE}`, first.fault)];
    return [
      {
        name: `every hook and analysis answers over ${USUAL_FIXTURE}: in time, in shape, and reading what is declared`,
        status: 'passed',
      },
      await this.#checkSame(first.answers),
      ...(await this.#checkRedactedOnce(first.answers)),
    ];
  }

  async #checkSame(answers: ReadonlyMap<string, Json>): Promise<PluginCheck> {
    const name = 'the same input gives the same answer';
    const { uses = [], network } = this.#plugin.manifest;
    if (uses.length > 0 || network !== undefined) {
      const what = network === undefined ? `"uses" names ${uses.join(' and ')}` : 'it asks for the network';
      return { name, status: 'skipped', message: `Two runs may differ, as ${what}.` };
    }
    // In a fresh guest, and there once more: what it remembers of the first round shows in the second.
    const second = await this.#tryAll(2);
    if (second.fault !== undefined) return failed(name, second.fault);
    for (const [what, answer] of answers) {
      const difference = findDifference(answer, second.answers.get(what), what);
      if (difference !== undefined) return failed(name, `The second time ${difference}`);
    }
    return { name, status: 'passed' };
  }

  async #checkRedactedOnce(answers: ReadonlyMap<string, Json>): Promise<readonly PluginCheck[]> {
    const once = answers.get('redact');
    if (!isJsonList(once)) return [];
    const name = 'redacting what was redacted changes nothing';
    return [
      await this.#tell(name, async () => {
        const twice = await this.#inGuest({}, (at) => runHookOn(at, 'redact', once));
        const place = once.findIndex(
          (record, i) => canonicalJson(record) !== canonicalJson((twice as readonly Json[])[i]),
        );
        return place < 0
          ? undefined
          : `Record ${place + 1} of ${USUAL_FIXTURE} is another after the second time.`;
      }),
    ];
  }

  async #tell(name: string, work: () => Promise<string | undefined>): Promise<PluginCheck> {
    try {
      const message = await work();
      return message === undefined ? { name, status: 'passed' } : failed(name, message);
    } catch (error) {
      if (!(error instanceof PluginFault)) throw error;
      return failed(name, error.message);
    }
  }

  /** Everything that the plugin has, in a guest of its own; the answers of the last round. */
  async #tryAll(
    rounds = 1,
  ): Promise<{ readonly answers: ReadonlyMap<string, Json>; readonly fault?: string }> {
    const answers = new Map<string, Json>();
    try {
      const fixture = await this.#fixture(USUAL_FIXTURE);
      await this.#inGuest({}, async (at) => {
        for (let round = 0; round < rounds; round++) {
          for (const name of at.analyses) answers.set(name, await runAnalysis(at, name, fixture));
          for (const hook of at.hooks) answers.set(hook, await runHook(at, hook, fixture));
        }
      });
      return { answers };
    } catch (error) {
      if (!(error instanceof PluginFault)) throw error;
      return { answers, fault: error.message };
    }
  }

  async #answer({ run, input, fixture, settings }: PluginCase): Promise<Json> {
    if (isHookName(run) && input !== undefined) {
      return await this.#inGuest(settings, (at) => runHookOn(at, this.#known(at, run), input));
    }
    const traces = await this.#fixture(fixture);
    return await this.#inGuest(settings, (at) => {
      if (at.analyses.includes(run)) return runAnalysis(at, run, traces);
      if (isHookName(run)) return runHook(at, this.#known(at, run), traces);
      const there = [...at.analyses, ...at.hooks].join(', ');
      throw new PluginFault(`The plugin has no hook and no analysis "${run}"; there is ${there}.`);
    });
  }

  #known({ hooks }: StartedPlugin, hook: HookName): HookName {
    if (hooks.includes(hook)) return hook;
    throw new PluginFault(`The plugin has no hook "${hook}".`);
  }

  /** In a fresh guest, so that no case sees what another left. */
  async #inGuest<T>(
    given: JsonObject,
    work: (at: StartedPlugin & { readonly plugin: LoadedPlugin; readonly settings: string }) => Promise<T>,
  ): Promise<T> {
    const plugin = this.#plugin;
    const { settings, faults } = resolveSettings(plugin.manifest.settings ?? {}, given);
    if (faults.length > 0) throw new PluginFault(faults.join(' '));
    const started = await PluginRunner.start(plugin, this.#takeLog, this.#options);
    try {
      return await work({ ...started, plugin, settings: JSON.stringify(settings) });
    } finally {
      await started.runner.close();
    }
  }

  /** Read once, however many cases look at it. */
  #fixture(name: string): Promise<Fixture> {
    const known = this.#fixtures.get(name) ?? readFixture(this.#folder, name, this.#clock);
    this.#fixtures.set(name, known);
    return known;
  }
}

const failed = (name: string, message: string): PluginCheck => ({ name, status: 'failed', message });
