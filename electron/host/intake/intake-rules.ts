/** What is switched on between a sender and the journal, as of one moment. */
import type { HookName } from '../../../core/plugin-api/hooks.ts';
import type { Read } from '../../../core/plugin-api/manifest.ts';
import type { RecordRedactor } from '../../../core/redact/record-redactor.ts';

/** A plugin that may be asked. */
export interface AskedPlugin {
  readonly id: string;
  readonly version: string;
  readonly manifest: { readonly reads: readonly Read[] };
  /** JSON in, JSON out. Rejects with a PluginFault, whose words may be the trace's: they are told to nobody here. */
  call(hook: HookName, input: string, items?: number): Promise<string>;
}

export interface IntakeRules {
  /** In their order. */
  readonly access: readonly AskedPlugin[];
  readonly headSample: readonly AskedPlugin[];
  readonly redact: readonly AskedPlugin[];
  readonly tailSample: readonly AskedPlugin[];
  /** The host's own redaction; there whenever a plugin redacts, which is not trusted alone. */
  readonly redactor: RecordRedactor | undefined;
  /** Why what was switched on to guard the journal cannot work; undefined where all of it can. */
  readonly missing: string | undefined;
}

export const NO_RULES: IntakeRules = {
  access: [],
  headSample: [],
  redact: [],
  tailSample: [],
  redactor: undefined,
  missing: undefined,
};

/** True where some trace has to be decided on. */
export function areDeciding({ access, headSample, tailSample }: IntakeRules): boolean {
  return access.length + headSample.length + tailSample.length > 0;
}

export function areRedacting({ redact, redactor }: IntakeRules): boolean {
  return redact.length > 0 || redactor !== undefined;
}

/** How entries and tombstones name a plugin. */
export function nameOf({ id, version }: Pick<AskedPlugin, 'id' | 'version'>): string {
  return `${id}@${version}`;
}
