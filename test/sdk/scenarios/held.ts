/** A run whose tool waits until the test releases it: what a page shows of a trace that is still running. */
import { Agent } from '@openai/agents';
import type { Scenario } from './scenario.ts';
import { makeTool } from './tools.ts';

export const held: Scenario = {
  workflowName: 'Held',
  api: 'responses',
  script: {
    held: [
      { calls: [{ name: 'wait_for_release', input: {} }], inputTokens: 20, outputTokens: 5 },
      { text: 'Released.', inputTokens: 30, outputTokens: 3 },
    ],
  },
  run: async (runner, { released }) => {
    const wait = makeTool('wait_for_release', async () => {
      await released;
      return 'released';
    });
    await runner.run(new Agent({ name: 'Waiter', instructions: '[[held]]', tools: [wait] }), 'Wait.');
  },
};
