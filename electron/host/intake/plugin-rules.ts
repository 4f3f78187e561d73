/** What the plugins that are on mean for ingest. It is read anew when one of them changes, and costs nothing until then. */
import { SENSITIVE_TYPES } from '../../../core/detect/sensitive-types.ts';
import type { HookName } from '../../../core/plugin-api/hooks.ts';
import type { Settings } from '../../../core/plugin-api/settings.ts';
import type { RecordRedactor, RedactionPolicy } from '../../../core/redact/record-redactor.ts';
import type { PluginState } from '../../../core/rpc/plugins.ts';
import type { AskedPlugin, IntakeRules } from './intake-rules.ts';
import { readRedactionPolicy, strictPolicy } from './redaction-settings.ts';

/** What ingest needs of the registry of plugins. */
export interface RulePlugins {
  active(hook: HookName): readonly AskedPlugin[];
  list(): readonly Pick<PluginState, 'name' | 'enabled' | 'fault' | 'hooks' | 'writes'>[];
  find(id: string): { readonly settings: Settings } | undefined;
  onChanged(listener: () => void): () => void;
}

/** The built-in plugin whose work is the host's own. */
export const REDACTION_ID = 'redact';

export class PluginRules {
  readonly #plugins: RulePlugins;
  readonly #makeRedactor: (policy: RedactionPolicy) => RecordRedactor;
  #rules: IntakeRules | undefined;
  #policy: RedactionPolicy | undefined;

  constructor(plugins: RulePlugins, makeRedactor: (policy: RedactionPolicy) => RecordRedactor) {
    this.#plugins = plugins;
    this.#makeRedactor = makeRedactor;
    plugins.onChanged(() => {
      this.#rules = undefined;
    });
  }

  get current(): IntakeRules {
    return (this.#rules ??= this.#read());
  }

  /** What the host itself looks for; undefined while nobody redacts. */
  get policy(): RedactionPolicy | undefined {
    this.#rules ??= this.#read();
    return this.#policy;
  }

  #read(): IntakeRules {
    const active = (hook: HookName): readonly AskedPlugin[] => this.#plugins.active(hook);
    const redacting = active('redact');
    const guests = redacting.filter(({ id }) => id !== REDACTION_ID);
    const isOn = guests.length < redacting.length;
    const read = isOn ? readRedactionPolicy(this.#plugins.find(REDACTION_ID)?.settings ?? {}) : undefined;
    // Behind a plugin that redacts the host looks for all that it knows.
    const strict = guests.length > 0 ? strictPolicy(SENSITIVE_TYPES) : undefined;
    this.#policy = read?.kind === 'policy' ? read.policy : strict;
    const faults = read?.kind === 'faults' ? read.faults : [];
    return {
      access: active('access'),
      headSample: active('headSample'),
      tailSample: active('tailSample'),
      redact: guests,
      redactor: this.#policy && this.#makeRedactor(this.#policy),
      missing: this.#findMissing() ?? wordFaults(faults),
    };
  }

  /** One that is on, guards what is stored and was never up: whom it would have guarded is not known. */
  #findMissing(): string | undefined {
    const missing = this.#plugins
      .list()
      .find(
        ({ enabled, fault, hooks, writes }) =>
          enabled && fault !== undefined && hooks.length === 0 && writes.some((word) => GUARDING.has(word)),
      );
    return (
      missing &&
      `${missing.name} is switched on and cannot be started: nothing is taken until it can, or is switched off.`
    );
  }
}

const GUARDING: ReadonlySet<string> = new Set(['content', 'decision']);

/** A policy that cannot be read would let through what it was written against. */
function wordFaults(faults: readonly string[]): string | undefined {
  if (faults.length === 0) return undefined;
  return `The settings of redaction cannot be used, and nothing is taken until they can: ${faults.join(' ')}`;
}
