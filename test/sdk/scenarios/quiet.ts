/** A run whose sensitive data is off: neither the question nor the answer may be told. */
import { Agent } from '@openai/agents';
import type { Scenario } from './scenario.ts';

export const quiet: Scenario = {
  workflowName: 'Quiet',
  api: 'responses',
  script: { quiet: [{ text: 'My secret answer.', inputTokens: 12, outputTokens: 8 }] },
  run: async (runner) => {
    await runner.run(new Agent({ name: 'Quiet', instructions: '[[quiet]]' }), 'my secret question');
  },
};
