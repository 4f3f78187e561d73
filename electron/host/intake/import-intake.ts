/** What an import goes by: the rules as they are when it begins, for the thread that reads, and the host that asks for it. */
import type { AuditTrail } from './audit-trail.ts';
import type { ImportHost, ImportRules, NamedPlugin } from './import-gate.ts';
import { IntakeClosedError } from './intake-closed.ts';
import type { AskedPlugin } from './intake-rules.ts';
import type { PluginRules, RulePlugins } from './plugin-rules.ts';
import { PluginUnavailable } from '../plugins/plugin-fault.ts';

export interface ImportIntake {
  /** Undefined while nothing guards the library. */
  readonly rules: ImportRules | undefined;
  readonly host: ImportHost;
}

/** Throws an IntakeClosedError where what is to guard the library cannot be started. */
export function importIntakeOf(
  rules: PluginRules,
  key: string,
  plugins: Pick<RulePlugins, 'active'>,
  audit: AuditTrail,
): ImportIntake {
  const { access, redact, missing } = rules.current;
  if (missing !== undefined) throw new IntakeClosedError(missing);
  const { policy } = rules;
  const host: ImportHost = {
    ask: async (id, hook, input, items) => {
      const plugin = plugins.active(hook).find((each) => each.id === id);
      if (plugin === undefined) throw new PluginUnavailable('It is switched off.');
      return await plugin.call(hook, input, items);
    },
    tell: (entry) => audit.append(entry),
  };
  if (access.length + redact.length === 0 && policy === undefined) return { rules: undefined, host };
  return {
    rules: {
      access: access.map(nameOf),
      redact: redact.map(nameOf),
      ...(policy && { redaction: { policy, key } }),
    },
    host,
  };
}

function nameOf({ id, version, manifest }: AskedPlugin): NamedPlugin {
  return { id, version, reads: manifest.reads };
}
