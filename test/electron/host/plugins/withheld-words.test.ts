import { expect, it } from 'vitest';
import { PluginFault } from '../../../../electron/host/plugins/plugin-fault.ts';
import { isBreakdown } from '../../../../electron/host/plugins/is-breakdown.ts';
import { withheldLine, withholdWords } from '../../../../electron/host/plugins/withheld-words.ts';

it('tells the words of the engine, and none of the plugin, with what each means for it', () => {
  const deadline = new PluginFault('It ran into its deadline of 250 ms.');
  expect(withholdWords('redact', deadline)).toBe(deadline);
  for (const words of ['canary', 'It broke down: canary', 'It ran into its deadline of 250 ms. canary']) {
    const fault = new PluginFault(words);
    const told = withholdWords('redact', fault);
    expect(told.message).not.toContain('canary');
    expect(isBreakdown(told)).toBe(isBreakdown(fault));
  }
  expect(withheldLine('redact')).toContain('logged in redact');
});
