import { expect, it } from 'vitest';
import { SENSITIVE_TYPES } from '../../../../core/detect/sensitive-types.ts';
import type { RedactionPolicy } from '../../../../core/redact/redaction-policy.ts';
import type { AskedPlugin } from '../../../../electron/host/intake/intake-rules.ts';
import { PluginRules, type RulePlugins } from '../../../../electron/host/intake/plugin-rules.ts';
import { fakePlugin, wordRedactor } from './gate-fixture.ts';

function makeRules(active: Partial<Record<string, readonly AskedPlugin[]>>, more: Partial<RulePlugins> = {}) {
  const policies: RedactionPolicy[] = [];
  let tell = (): void => undefined;
  const rules = new PluginRules(
    {
      active: (hook) => active[hook] ?? [],
      list: () => [],
      find: () => undefined,
      onChanged: (listener) => {
        tell = listener;
        return () => undefined;
      },
      ...more,
    },
    (policy) => {
      policies.push(policy);
      return wordRedactor('canary');
    },
  );
  return { rules, policies, change: () => tell() };
}

const builtin = fakePlugin('redact', (records) => records);
const guest = fakePlugin('local.redact', (records) => records);

it('redacts nothing where nobody redacts, and is read anew after a change alone', () => {
  const active: Record<string, readonly AskedPlugin[]> = {};
  const { rules, policies, change } = makeRules(active);
  expect(rules.current.redactor).toBeUndefined();
  active['redact'] = [builtin];
  expect(rules.current.redactor).toBeUndefined();
  change();
  expect(rules.current.redactor).toBeDefined();
  expect(rules.current.redact).toEqual([]);
  expect(policies).toHaveLength(1);
});

it('looks for all it knows behind a plugin that redacts, and by the user’s policy where there is one', () => {
  const alone = makeRules({ redact: [guest] });
  expect(alone.rules.current.redact).toEqual([guest]);
  expect(Object.keys(alone.policies[0]?.types ?? {})).toEqual([...SENSITIVE_TYPES]);
  const settings = {
    mask: ['email', 'card'],
    drop: ['card'],
    words: ['Falcon'],
    patterns: ['order=ORD-[0-9]{6}'],
  };
  const both = makeRules({ redact: [builtin, guest] }, { find: () => ({ settings }) });
  expect(both.rules.current.missing).toBeUndefined();
  expect(both.policies[0]).toMatchObject({
    types: { email: 'mask', card: 'drop' },
    words: [{ words: ['Falcon'] }],
    patterns: [{ name: 'order', pattern: 'ORD-[0-9]{6}' }],
  });
});

it('closes the door, and says why, where the settings of redaction cannot be used', () => {
  for (const settings of [{ mask: ['e-mail'] }, { patterns: ['no name'] }, { patterns: ['slow=(a+)+$'] }]) {
    const { rules } = makeRules({ redact: [builtin] }, { find: () => ({ settings }) });
    expect(rules.current.missing).toContain('The settings of redaction cannot be used');
  }
});

it('fault 65: closes the door where what was to guard it was never up', () => {
  const plugin = { name: 'Mine', enabled: true, fault: 'It throws.', hooks: [], writes: ['content'] };
  expect(makeRules({}, { list: () => [plugin] }).rules.current.missing).toContain('Mine is switched on');
  const harmless = [
    { ...plugin, writes: [] },
    { ...plugin, enabled: false },
    { ...plugin, hooks: ['redact'] },
  ];
  for (const other of harmless)
    expect(makeRules({}, { list: () => [other] }).rules.current.missing).toBeUndefined();
});
