/** Handoffs there and back: the first agent gets the conversation again and answers. */
import { Agent } from '@openai/agents';
import type { Scenario } from './scenario.ts';

export const returned: Scenario = {
  workflowName: 'Returned',
  api: 'responses',
  script: {
    front: [
      { calls: [{ name: 'transfer_to_Back', input: {} }], inputTokens: 40, outputTokens: 4 },
      { text: 'All done.', inputTokens: 90, outputTokens: 6 },
    ],
    back: [{ calls: [{ name: 'transfer_to_Front', input: {} }], inputTokens: 60, outputTokens: 5 }],
  },
  run: async (runner) => {
    const front = new Agent({ name: 'Front', instructions: '[[front]]' });
    const back = new Agent({ name: 'Back', instructions: '[[back]]', handoffs: [front] });
    front.handoffs = [back];
    await runner.run(front, 'I was charged twice');
  },
};
