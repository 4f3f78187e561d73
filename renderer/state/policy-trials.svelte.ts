/** A policy tried on stored traces before it is switched on: what redaction would change, what sampling would let go. */
import type { JsonObject } from '../../core/model/json.ts';
import type { Settings } from '../../core/plugin-api/settings.ts';
import { policyOfSettings } from '../../core/redact/policy-settings.ts';
import type { RedactionPreview } from '../../core/rpc/redaction.ts';
import type { IntakeState, Rehearsal } from '../../core/rpc/sampling.ts';
import type { Link } from './link.svelte.ts';
import { sayRefusal } from './plugins.svelte.ts';

export class PolicyTrials {
  preview: RedactionPreview | undefined = $state.raw();
  rehearsal: Rehearsal | undefined = $state.raw();
  /** What is tried just now. */
  trying: 'redaction' | 'sampling' | undefined = $state();
  /** Of a rehearsal that runs. */
  progress: { readonly done: number; readonly total: number } | undefined = $state.raw();
  failure: string | undefined = $state();
  /** What ingest does besides storing; undefined until the host has told. */
  intake: IntakeState | undefined = $state.raw();
  readonly #link: Link;
  #runId = '';
  #asksIntake = false;

  constructor(link: Link) {
    this.#link = link;
    link.on('sampling.progress', ({ runId, done, total }) => {
      if (runId === this.#runId) this.progress = { done, total };
    });
    const ask = (): void => {
      void this.#askIntake();
    };
    link.onOpen(ask);
    link.on('status.changed', ask);
  }

  /** Nothing of another plugin is shown. */
  clear(): void {
    this.stop();
    this.preview = undefined;
    this.rehearsal = undefined;
    this.failure = undefined;
  }

  /** On the newest traces. */
  async tryRedaction(settings: Settings): Promise<void> {
    await this.#try('redaction', async () => {
      const { result } = await this.#link.request('redaction.preview', {
        policy: policyOfSettings(settings),
      });
      return () => (this.preview = result);
    });
  }

  async trySampling(plugin: string, settings: JsonObject, query: string): Promise<void> {
    await this.#try('sampling', async (runId) => {
      const scope = query === '' ? {} : { query };
      const asked = { runId, plugin, settings, ...scope };
      const { result } = await this.#link.request('sampling.rehearse', asked);
      return () => (this.rehearsal = result);
    });
  }

  /** Stops a rehearsal: the host answers with the figures so far. */
  stop(): void {
    if (this.trying !== 'sampling') return;
    this.#link.request('sampling.cancel', { runId: this.#runId }).catch(() => undefined);
  }

  /** The answer to the newest question alone is taken. */
  async #try(what: 'redaction' | 'sampling', ask: (runId: string) => Promise<() => void>): Promise<void> {
    const runId = crypto.randomUUID();
    this.#runId = runId;
    this.trying = what;
    this.progress = undefined;
    this.failure = undefined;
    try {
      const take = await ask(runId);
      if (runId === this.#runId) take();
    } catch (error) {
      if (runId === this.#runId) this.failure = sayRefusal(error);
    }
    if (runId === this.#runId) this.trying = undefined;
  }

  async #askIntake(): Promise<void> {
    if (this.#asksIntake) return;
    this.#asksIntake = true;
    try {
      this.intake = (await this.#link.request('intake.state', {})).result;
    } catch {
      // The line is down, and the page says so; it is asked again when it is back.
    }
    this.#asksIntake = false;
  }
}
