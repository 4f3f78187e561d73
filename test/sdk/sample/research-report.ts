/** Agents as tools, two of them side by side: runs inside a run. */
import { Agent } from '@openai/agents';
import type { SampleRun } from './sample-run.ts';

export const researchReport: SampleRun = {
  workflowName: 'Research report',
  api: 'responses',
  model: 'gpt-5',
  metadata: { topic: 'heat pumps' },
  startS: 3600,
  script: {
    lead: [
      {
        calls: [
          { name: 'ask_researcher', input: { input: 'How efficient are heat pumps below -10 °C?' } },
          { name: 'ask_analyst', input: { input: 'What does a heat pump cost over 15 years?' } },
        ],
        ...{ inputTokens: 890, outputTokens: 74 },
      },
      {
        calls: [{ name: 'ask_fact_checker', input: { input: 'COP 2.1 at -15 °C' } }],
        inputTokens: 1720,
        outputTokens: 31,
      },
      {
        text: 'Below -10 °C a current heat pump still gives about two units of heat for one of power. Over 15 years it costs less than gas from a price of 9 ct per kWh on.',
        ...{ inputTokens: 2240, outputTokens: 164 },
      },
    ],
    researcher: [
      {
        calls: [{ name: 'search', input: { query: 'heat pump COP -15 C field study' } }],
        inputTokens: 330,
        outputTokens: 22,
      },
      { text: 'Field studies give a COP of 2.1 at -15 °C.', inputTokens: 1240, outputTokens: 60 },
    ],
    analyst: [
      { calls: [{ name: 'run_model', input: { years: 15 } }], inputTokens: 350, outputTokens: 28 },
      { text: 'Break-even with gas is at 9 ct per kWh.', inputTokens: 610, outputTokens: 52 },
    ],
    checker: [{ text: 'Agrees with two independent studies.', inputTokens: 420, outputTokens: 18 }],
  },
  run: async (runner, makeTool) => {
    const researcher = new Agent({
      name: 'Researcher',
      instructions: 'You search and quote. [[researcher]]',
      tools: [
        makeTool('search', 'Searches the library.', 1310, () => ({ hits: 7, best: 'Field study, 2024' })),
      ],
    });
    const analyst = new Agent({
      name: 'Analyst',
      instructions: 'You calculate. [[analyst]]',
      tools: [makeTool('run_model', 'Runs the cost model.', 2150, () => ({ breakEvenCt: 9 }))],
    });
    const checker = new Agent({ name: 'Fact checker', instructions: 'You check one claim. [[checker]]' });
    const asTool = (agent: Agent, toolName: string): ReturnType<Agent['asTool']> =>
      agent.asTool({ toolName, toolDescription: `Asks the ${agent.name.toLowerCase()}.` });
    const lead = new Agent({
      name: 'Lead writer',
      instructions: 'You write a report from what others find out. [[lead]]',
      tools: [
        asTool(researcher, 'ask_researcher'),
        asTool(analyst, 'ask_analyst'),
        asTool(checker, 'ask_fact_checker'),
      ],
    });
    await runner.run(lead, 'Write a short report about heat pumps in cold climates.');
  },
};
