/** Agents as tools, two of them side by side: runs inside runs, four tasks in one trace. */
import { Agent } from '@openai/agents';
import type { Scenario } from './scenario.ts';
import { makeTool } from './tools.ts';

export const translators: Scenario = {
  workflowName: 'Translators',
  api: 'responses',
  script: {
    orchestrator: [
      {
        calls: [
          { name: 'to_spanish', input: { input: 'hello' } },
          { name: 'to_french', input: { input: 'hello' } },
        ],
        ...{ inputTokens: 150, outputTokens: 30 },
      },
      { text: 'hola / bonjour', inputTokens: 200, outputTokens: 8 },
    ],
    spanish: [{ text: 'hola', inputTokens: 40, outputTokens: 4 }],
    french: [
      { calls: [{ name: 'glossary', input: { word: 'hello' } }], inputTokens: 50, outputTokens: 10 },
      { text: 'bonjour', inputTokens: 60, outputTokens: 6 },
    ],
  },
  run: async (runner) => {
    const spanish = new Agent({ name: 'Spanish', instructions: '[[spanish]]' });
    const glossary = makeTool('glossary', () => 'hello: bonjour');
    const french = new Agent({ name: 'French', instructions: '[[french]]', tools: [glossary] });
    const orchestrator = new Agent({
      name: 'Orchestrator',
      instructions: '[[orchestrator]]',
      tools: [
        spanish.asTool({ toolName: 'to_spanish', toolDescription: 'Speaks Spanish.' }),
        french.asTool({ toolName: 'to_french', toolDescription: 'Speaks French.' }),
      ],
    });
    await runner.run(orchestrator, 'Say hello in Spanish and French');
  },
};
