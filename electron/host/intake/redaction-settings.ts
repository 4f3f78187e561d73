/** The settings of the built-in redaction as the policy that core/redact works by, or what is wrong with them. */
import type { Settings } from '../../../core/plugin-api/settings.ts';
import { policyOfSettings } from '../../../core/redact/policy-settings.ts';
import { readPolicy, type PolicyRead } from '../../../core/redact/read-policy.ts';
import type { RedactionPolicy } from '../../../core/redact/redaction-policy.ts';

export function readRedactionPolicy(settings: Settings): PolicyRead {
  return readPolicy(policyOfSettings(settings));
}

/** Every type masked: what is looked for behind a plugin that redacts, while no policy of the user's own is on. */
export function strictPolicy(types: readonly string[]): RedactionPolicy {
  return { types: Object.fromEntries(types.map((type) => [type, 'mask' as const])) };
}
