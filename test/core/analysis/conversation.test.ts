import { describe, expect, test } from 'vitest';
import { computeContextGrowth } from '../../../core/analysis/context-growth.ts';
import { computeConversation, type ConversationEntry } from '../../../core/analysis/conversation.ts';
import { computePassageDetails } from '../../../core/analysis/handoff-details.ts';
import { computeHandoffs, type HandoffStory } from '../../../core/analysis/handoffs.ts';
import { linkSpans } from '../../../core/analysis/span-tree.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import { foldTraceText } from '../../build/read-trace-text.ts';

interface Told {
  readonly spans: SpanTable;
  readonly story: HandoffStory;
  readonly entries: readonly ConversationEntry[];
}

function tell(drawing: string): Told {
  const spans = foldTraceText(drawing);
  const tree = linkSpans(spans);
  const story = computeHandoffs(spans, tree);
  return { spans, story, entries: computeConversation(spans, tree, story) };
}

/** `call s3 +s4 +s5 <0`: its tools, and the place of the call that it goes on from. */
function draw({ spans, entries }: Told): string[] {
  return entries.map((entry) => {
    const id = spans.spanId(entry.row);
    if (entry.kind !== 'call') return `${entry.kind} ${id}`;
    const tools = entry.tools.map((row) => ` +${spans.spanId(row)}`).join('');
    const before = entry.before < 0 ? '' : ` ${entry.goesOn ? '<' : '<?'}${String(entry.before)}`;
    return `call ${id}${tools}${before}${entry.earlier < 0 ? '' : ` ~${String(entry.earlier)}`}`;
  });
}

const DESK = `
  Desk                 task       0-----------------------90
    Triage             agent      0------20                    to=Billing
      gpt-5            generation 0-5                          in=100 out=20
      lookup           function     5-8
      gpt-5            generation   8-14                       in=160 out=10 cached=100
      Triage>Billing   handoff         18-20
    Billing            agent             20--------60
      gpt-5            generation        22--30                in=200 out=20
      Billing>Triage   handoff                  58-60
    Triage             agent                      60-----90
      gpt-5            generation                 61---80      in=150 out=5
`;

describe('the course', () => {
  test('calls stand in order of time, with their tools; a handed over context goes on', () => {
    expect(draw(tell(DESK))).toEqual([
      'call s3 +s4',
      'call s5 <0',
      'passage s6',
      'call s8 <1',
      'passage s9',
      'call s11 <3 ~1',
    ]);
  });

  test('what happens at one time stands as agents act: the call, how it passes on, the next one', () => {
    const told = tell(`
      One          agent      0-----0  to=Two
        gpt-5      generation 0-----0
        One>Two    handoff    0-----0
      Two          agent      0-----0
        gpt-5      generation 0-----0
    `);
    expect(draw(told)).toEqual(['call s2', 'passage s3', 'call s5 <0']);
  });

  test('an agent called as a tool begins a context of its own, and its tool stays with the caller', () => {
    const told = tell(`
      Boss           agent      0---------------50
        gpt-5        generation 0--5
        ask_helper   function     5--------40
          Helper     agent         6-------39
            gpt-5    generation    7----20
        gpt-5        generation                41--50
    `);
    expect(draw(told)).toEqual(['call s2 +s3', 'passage s3', 'call s5', 'call s6 <0']);
  });

  test('a run that only comes next may repeat the words before it, but need not', () => {
    const told = tell(`
      First   agent       0---10
        gpt-5 generation  1--9
      Second  agent             20--30
        gpt-5 generation        21-29
    `);
    expect(draw(told)).toEqual(['call s2', 'passage s3', 'call s4 <?0']);
  });

  test('tools without a call, tripped guardrails and speech have entries of their own', () => {
    const told = tell(`
      Voice     agent          0-----------40
        hear    transcription  0--5
        pii     guardrail         5--6       tripped
        calm    guardrail         6--7
        lookup  function            8--9
        speak   speech                10-20
    `);
    expect(draw(told)).toEqual(['voice s2', 'guardrail s3', 'tool s5', 'voice s6']);
  });
});

describe('context growth', () => {
  test('what the call before was sent is sent again; an unknown count is never 0', () => {
    const { spans, entries } = tell(DESK);
    const growth = computeContextGrowth(spans, entries);
    expect(growth.steps.map(({ input, repeated, cached }) => [input, repeated, cached])).toEqual([
      [100, 0, 0],
      [160, 100, 100],
      [200, 160, 0],
      [150, 150, 0],
    ]);
    expect(growth).toMatchObject({ sent: 610, repeated: 410, cached: 100, unknown: 0 });
    const silent = tell('gpt-5 generation 0--5');
    expect(computeContextGrowth(silent.spans, silent.entries)).toMatchObject({ sent: undefined, unknown: 1 });
  });
});

test('a passage knows the call that decided it, and how long the next agent took to answer', () => {
  const { spans, story, entries } = tell(DESK);
  const details = computePassageDetails(spans, story, entries);
  expect(
    details.map(({ decidedBy, answeredBy, waitUs, answerUs }) => [
      spans.spanId(decidedBy),
      spans.spanId(answeredBy),
      waitUs / 1000,
      answerUs / 1000,
    ]),
  ).toEqual([
    ['s5', 's8', 4, 12],
    ['s8', 's11', 3, 22],
  ]);
});
