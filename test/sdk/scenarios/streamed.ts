/** The same run with a tool, streamed, over each of OpenAI's two interfaces. */
import { Agent } from '@openai/agents';
import type { Scenario } from './scenario.ts';
import { makeTool } from './tools.ts';

export const streamedResponses = makeStreamed('Streamed responses', 'responses');
export const streamedChat = makeStreamed('Streamed chat', 'chat');

function makeStreamed(workflowName: string, api: Scenario['api']): Scenario {
  return {
    workflowName,
    api,
    script: {
      adder: [
        { calls: [{ name: 'add', input: { a: 2, b: 3 } }], inputTokens: 110, outputTokens: 12 },
        { text: 'Two and three make five.', inputTokens: 130, outputTokens: 19 },
      ],
    },
    run: async (runner) => {
      const add = makeTool('add', () => '5');
      const agent = new Agent({ name: 'Adder', instructions: '[[adder]]', tools: [add] });
      const result = await runner.run(agent, 'What is 2 + 3?', { stream: true });
      let text = '';
      for await (const piece of result.toTextStream()) text += piece;
      await result.completed;
      if (text !== 'Two and three make five.') throw new Error(`streamed "${text}"`);
    },
  };
}
