/** Three agents, a refund that fails, and a conversation that goes round once: the trace to look at first. */
import { Agent } from '@openai/agents';
import type { SampleRun } from './sample-run.ts';

const ASK =
  'I was charged twice for invoice INV-1042. Please send one of the payments back, my card has changed.';

export const customerSupport: SampleRun = {
  workflowName: 'Customer support',
  api: 'responses',
  model: 'gpt-5-mini',
  groupId: 'conversation-123',
  metadata: { customer: 'user-456', channel: 'chat' },
  startS: 5400,
  script: {
    triage: [
      { calls: [{ name: 'transfer_to_Billing_agent', input: {} }], inputTokens: 412, outputTokens: 18 },
    ],
    billing: [
      {
        calls: [
          { name: 'lookup_invoice', input: { invoice_id: 'INV-1042' } },
          { name: 'lookup_customer', input: { customer_id: 'user-456' } },
        ],
        ...{ inputTokens: 1530, outputTokens: 96 },
      },
      {
        calls: [{ name: 'refund_payment', input: { charge: 'ch_3PX9', amount: 4200 } }],
        inputTokens: 1815,
        outputTokens: 64,
      },
      { calls: [{ name: 'transfer_to_Refunds_agent', input: {} }], inputTokens: 2118, outputTokens: 112 },
      {
        text: 'Your bank transfer of 42.00 € is on its way. It takes two working days, and the receipt comes by mail.',
        ...{ inputTokens: 2940, outputTokens: 88 },
      },
    ],
    refunds: [
      {
        calls: [{ name: 'bank_transfer', input: { iban: '[IBAN]', amount: 4200 } }],
        inputTokens: 2330,
        outputTokens: 58,
      },
      { calls: [{ name: 'transfer_to_Billing_agent', input: {} }], inputTokens: 2610, outputTokens: 24 },
    ],
  },
  run: async (runner, makeTool) => {
    const billing = new Agent({
      name: 'Billing agent',
      instructions: 'You answer questions about invoices and pay back what was charged twice. [[billing]]',
      tools: [
        makeTool('lookup_invoice', 'Reads an invoice.', 640, () => ({
          ...{ invoice: 'INV-1042', amount: 4200, currency: 'EUR' },
          payments: [{ charge: 'ch_3PX8' }, { charge: 'ch_3PX9' }],
        })),
        makeTool('lookup_customer', 'Reads what is known of a customer.', 380, () => ({
          name: 'A. Novak',
          since: 2021,
        })),
        makeTool('refund_payment', 'Pays a charge back to its card.', 1460, () => {
          throw new Error('card_declined: the card on file has expired');
        }),
      ],
    });
    const refunds = new Agent({
      name: 'Refunds agent',
      instructions: 'You send money back by bank transfer where a card cannot be used. [[refunds]]',
      tools: [
        makeTool('bank_transfer', 'Sends money to an account.', 920, () => ({ state: 'accepted', days: 2 })),
      ],
      handoffs: [billing],
    });
    billing.handoffs = [refunds];
    const triage = new Agent({
      name: 'Triage agent',
      instructions: 'You find out what a customer needs and hand over to the agent for it. [[triage]]',
      handoffs: [billing, refunds],
    });
    await runner.run(triage, ASK);
  },
};
