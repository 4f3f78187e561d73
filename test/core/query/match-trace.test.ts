import { describe, expect, it } from 'vitest';
import { linkSpans } from '../../../core/analysis/span-tree.ts';
import { computeSummary } from '../../../core/analysis/summary.ts';
import { bareEntry } from '../../../core/model/trace-entry.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import { matchesTrace } from '../../../core/query/match-trace.ts';
import { parseQuery } from '../../../core/query/parse-query.ts';
import { utcClock } from '../../../core/query/resolve-time.ts';
import { readFacts } from '../../../electron/host/query/trace-facts.ts';
import { foldTraceText } from '../../build/read-trace-text.ts';
import { snapshotBook } from '../analysis/cost/snapshot.ts';

// Figures are milliseconds: the trace takes 40 ms and costs 0.00325 dollars.
const spans = foldTraceText(`
  Triage   agent       0----------------------------40
    gpt-5  generation  0----10  in=1000 out=200 model=gpt-5
    lookup function         10--20  !boom
    Triage>Billing handoff        20-21
  Billing  agent                 21-----------------40
    refund_payment function      22---------30
`);
const tree = linkSpans(spans);
const summary: TraceSummary = {
  ...computeSummary(spans, tree, bareEntry('trace_1'), 0),
  workflowName: 'Customer support',
  groupId: 'conversation-7',
  metadata: { tier: 'gold', user_id: 'u_1', tags: ['vip', 'eu'], score: 0.75, deep: { a: 1 }, 'x.y': true },
};

function matches(text: string): boolean {
  const parsed = parseQuery(text);
  if (parsed.kind === 'fault') throw new Error(`${text}: ${parsed.fault.message}`);
  const facts = readFacts(() => ({ spans, tree }), snapshotBook());
  return matchesTrace(parsed.tree, summary, { ...facts, clock: utcClock(0) });
}

describe('a trace', () => {
  it.each([
    ['agent:billing agent:TRIAGE', true],
    ['agent:Bill', false],
    ['agent:Bill*', true],
    ['agent:*ll*', true],
    ['tool:refund_payment tool:lookup', true],
    ['tool:nothing,lookup', true],
    ['kind:generation not kind:response', true],
    ['handoff:Triage->Billing', true],
    ['handoff:Billing->Triage', false],
    ['handoff:*->Billing handoff:Triage-> handoff:triage', true],
    ['handoffs:1 calls:2 tool_errors:1 errors:1 depth:2 orphans:0 spans:6', true],
    ['duration:40ms duration>=40ms duration<0.05s not duration>40ms', true],
    ['tokens:1.2k tokens.input:1000 tokens.output>100', true],
    ['not tokens.reasoning:*', true],
    ['cost>$0.003 cost<0.004 cost:0.001..$1', true],
    ['cost>1c', false],
    ['user:u_1 group:conversation-* session:*', true],
    ['metadata.tier:gold metadata.tags:vip metadata.score>0.5 metadata.deep.a:1 metadata.x.y:true', true],
    ['metadata.tier:silver or metadata.score>1 or metadata.missing:*', false],
    ['not metadata.missing:*', true],
    ['metadata.missing:""', true],
    ['guardrail:* or tripped:*', false],
    ['"customer support" conversation', true],
    ['Customer*support', true],
    ['nowhere', false],
    ['error:true not error:false', true],
  ])('%s: %s', (text, is) => {
    expect(matches(text)).toBe(is);
  });
});

describe('a span of a trace', () => {
  it.each([
    ['span(kind:function error:true)', true],
    ['span(kind:function error:true duration>10ms)', false],
    ['span(tool:refund_payment agent:Billing duration:8ms)', true],
    ['span(tool:refund_payment agent:Triage)', false],
    ['span(kind:handoff to:Billing)', true],
    ['span(model:gpt-5 tokens>1k cost>$0.001)', true],
    ['span(cost:*) not span(kind:function cost:*)', true],
    ['span(name:look* not error:false)', true],
    ['span(look)', true],
    ['not span(kind:guardrail)', true],
    ['span(kind:function (error:true or duration>1s))', true],
  ])('%s: %s', (text, is) => {
    expect(matches(text)).toBe(is);
  });

  it('is not looked at where the summary has decided', () => {
    const parsed = parseQuery('span(error:true) status:failed');
    const facts = {
      costUsd: () => Number.NaN,
      spans: () => {
        throw new Error('nobody needs them');
      },
      clock: utcClock(0),
    };
    expect(
      parsed.kind === 'query' && matchesTrace(parsed.tree, { ...summary, status: 'completed' }, facts),
    ).toBe(false);
  });
});
