/** Three agents: handoffs, two tools side by side, a tool that fails once and is called again. */
import { Agent } from '@openai/agents';
import type { Scenario } from './scenario.ts';
import { makeTool } from './tools.ts';

export const supportDesk: Scenario = {
  workflowName: 'Support desk',
  api: 'responses',
  script: {
    triage: [{ calls: [{ name: 'transfer_to_Billing', input: {} }], inputTokens: 412, outputTokens: 18 }],
    billing: [
      {
        calls: [
          { name: 'lookup_invoice', input: { invoice_id: 'INV-1042' } },
          { name: 'lookup_policy', input: { topic: 'Rückerstattung' } },
        ],
        ...{ inputTokens: 530, outputTokens: 96 },
      },
      { calls: [{ name: 'transfer_to_Refunds', input: {} }], inputTokens: 610, outputTokens: 20 },
    ],
    refunds: [
      { calls: [{ name: 'issue_refund', input: { amount: 19.99 } }], inputTokens: 700, outputTokens: 30 },
      { calls: [{ name: 'issue_refund', input: { amount: 19.99 } }], inputTokens: 760, outputTokens: 31 },
      { text: 'Your refund of 19.99 € has been issued ✅', inputTokens: 800, outputTokens: 40 },
    ],
  },
  run: async (runner) => {
    let refunds = 0;
    const issueRefund = makeTool('issue_refund', () => {
      if (++refunds === 1) throw new Error('gateway timeout');
      return JSON.stringify({ refunded: 19.99 });
    });
    const refundsAgent = new Agent({ name: 'Refunds', instructions: '[[refunds]]', tools: [issueRefund] });
    const billing = new Agent({
      name: 'Billing',
      instructions: '[[billing]]',
      tools: [
        makeTool('lookup_invoice', () => JSON.stringify({ status: 'paid', amount: 19.99 })),
        makeTool('lookup_policy', () => 'Bis zu 30 Tage nach dem Kauf.'),
      ],
      handoffs: [refundsAgent],
    });
    const triage = new Agent({ name: 'Triage', instructions: '[[triage]]', handoffs: [billing] });
    await runner.run(triage, 'I was charged twice on INV-1042');
  },
};
