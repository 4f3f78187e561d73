import { describe, expect, test } from 'vitest';

import { summarize } from '../../../core/analysis/summary.ts';
import { quietDeadlineUs, QUIET_US } from '../../../core/analysis/trace-status.ts';
import { foldSpans } from '../../../core/model/fold.ts';
import { at } from '../../../core/model/assert.ts';
import type { EpochUs } from '../../../core/model/time.ts';
import { readTraceText, type DrawnArrival } from '../../build/read-trace-text.ts';
import { DRAWN_START_US } from '../../build/trace-text-record.ts';

function fold(drawing: string, arrival?: DrawnArrival) {
  const { table, rows, compare } = readTraceText(drawing, arrival);
  return { spans: foldSpans(table, rows, compare), entry: at(table.traces, 0) };
}

function summaryOf(drawing: string, arrival?: DrawnArrival, nowUs: EpochUs = DRAWN_START_US) {
  const { spans, entry } = fold(drawing, arrival);
  return summarize(spans, entry, nowUs);
}

describe('what a trace is about', () => {
  test('counts kinds, tools, guardrails, errors, agents, models and handoffs', () => {
    const trace = summaryOf(`
      trace t1 workflow="Support desk" group=chat_1 metadata={"tier":"gold"}
      Support desk       task        0---------------40
        Triage           agent       0-----9
          pii            guardrail   0-2
          jailbreak      guardrail   0-3                tripped
          gpt-5          generation  0-5
          Triage>Billing handoff          6-7
        Billing          agent              9-------40  !"Error in agent run"
          gpt-5-mini     generation         9--15
          refund         function              16-20    !"Error running tool (non-fatal)"
          refund         function                 20-24
          Billing>       handoff                     30-31
    `);
    expect(trace).toMatchObject({
      workflowName: 'Support desk',
      groupId: 'chat_1',
      metadata: { tier: 'gold' },
      startedAt: '2026-01-01T00:00:00.000000Z',
      durationMs: 40,
      spans: 11,
      roots: 1,
      orphans: 0,
      depth: 3,
      errors: 2,
      handoffs: [
        ['Triage', 'Billing'],
        ['Billing', null],
      ],
      tools: { refund: { calls: 2, errors: 1 } },
      guardrails: { pii: { runs: 1, triggered: 0 }, jailbreak: { runs: 1, triggered: 1 } },
      agents: ['Triage', 'Billing'],
      models: ['gpt-5', 'gpt-5-mini'],
    });
    expect(trace.spansByKind).toEqual({
      task: 1,
      agent: 2,
      guardrail: 2,
      generation: 2,
      function: 2,
      handoff: 2,
    });
  });

  test('fault 47: a tool named __proto__ is counted as a tool', () => {
    const { tools } = summaryOf('__proto__ function 0-1');
    expect(Object.entries(tools)).toEqual([['__proto__', { calls: 1, errors: 0 }]]);
  });

  test('a trace whose item never came goes by its root task', () => {
    expect(summaryOf('Nightly run task 0-5').workflowName).toBe('Nightly run');
    expect(summaryOf('note custom 0-5').workflowName).toBe('');
  });

  test('a trace without spans begins when it was received', () => {
    const trace = summaryOf('trace t1 workflow=Empty', { receivedUs: DRAWN_START_US + 1 });
    expect(trace).toMatchObject({ spans: 0, durationMs: 0, startedAt: '2026-01-01T00:00:00.000001Z' });
  });

  test('fault 35: an end before its start and a missing start give a length, never NaN', () => {
    expect(summaryOf('back custom 9-3').durationMs).toBe(0);
    expect(summaryOf('a custom 2-5\nb custom ?--9').durationMs).toBe(7);
    expect(summaryOf('a custom ?...').durationMs).toBe(0);
  });
});

describe('tokens are counted once', () => {
  test('over the calls of the model where every one of them says', () => {
    const { tokens } = summaryOf(`
      Run          task        0-----9  in=30 out=3
        Agent      agent       0-----9
          Turn 1   turn        0-----9  in=30 out=3
            gpt-5  generation  0-2      in=10 out=1 cached=4
            gpt-5  generation    3-5    in=20 out=2 reasoning=1
    `);
    expect(tokens).toEqual({
      input: 30,
      output: 3,
      cached: 4,
      reasoning: 1,
      total: 33,
      basis: 'model-spans',
    });
  });

  test('by the root task where a call does not say, never by the tasks inside it', () => {
    const { tokens } = summaryOf(`
      Run          task      0-----9  in=30 out=3
        -          response  0-2
        tool       function    3-5
          Inner    task        3-5    in=20 out=2
    `);
    expect(tokens).toMatchObject({ input: 30, output: 3, total: 33, basis: 'root-task', reasoning: null });
  });

  test('by the outermost turns where there is no root task', () => {
    const { tokens } = summaryOf(`
      Agent            agent     0-----9
        Turn 1         turn      0---5    in=30 out=3
          -            response  0-2
          Inner        agent       3-5
            Turn 1     turn        3-5    in=20 out=2
        Turn 2         turn          6-9  in=7 out=1
    `);
    expect(tokens).toMatchObject({ input: 37, output: 4, basis: 'turns' });
  });

  test('what there is, marked partial, where a call was cut short', () => {
    const { tokens } = summaryOf('gpt-5 generation 0-2 in=10 out=1\n- response 3-4 !cancelled');
    expect(tokens).toMatchObject({ input: 10, output: 1, cached: null, basis: 'partial' });
  });

  test('a call that wraps the call which tells the tokens is not counted again', () => {
    const { tokens } = summaryOf(`
      ChatOpenAI   generation 0----9  in=10 out=2
        gpt-5      generation  1---8  in=10 out=2
      Wrapper      generation 10---20
        gpt-5      generation 11--19  in=5 out=1
    `);
    expect(tokens).toMatchObject({ input: 15, output: 3, total: 18, basis: 'model-spans' });
  });

  test('unknown, not zero, where nothing says', () => {
    const unknown = {
      input: null,
      output: null,
      cached: null,
      reasoning: null,
      total: null,
      basis: 'unknown',
    };
    expect(summaryOf('- response 0-2').tokens).toEqual(unknown);
    expect(summaryOf('lookup function 0-2').tokens).toEqual(unknown);
  });
});

describe('status', () => {
  const RUN = 'Run task 0-5\n  Agent agent 0-5\n    Turn 1 turn 0-2\n    Turn 2 turn 3-5';
  const live = { origin: 'live', receivedUs: DRAWN_START_US };

  test('a file is final, unless a span in it is open', () => {
    expect(summaryOf(RUN).status).toBe('completed');
    expect(summaryOf('note custom 0...').status).toBe('in_progress');
  });

  test('a live trace runs until ten seconds after its last record, once a root has ended', () => {
    expect(summaryOf(RUN, live, DRAWN_START_US + QUIET_US - 1).status).toBe('in_progress');
    expect(summaryOf(RUN, live, DRAWN_START_US + QUIET_US).status).toBe('completed');
    const { spans, entry } = fold(RUN, live);
    expect(quietDeadlineUs(spans, entry)).toBe(DRAWN_START_US + QUIET_US);
  });

  test('a live trace whose root never came goes on', () => {
    expect(summaryOf('lost custom 0-5 parent=p', live, DRAWN_START_US * 2).status).toBe('in_progress');
  });

  test("a processor's word that the trace ended is enough", () => {
    const ended = `trace t1 ended\n${RUN}`;
    expect(summaryOf(ended, live).status).toBe('completed');
    const { spans, entry } = fold(ended, live);
    expect(quietDeadlineUs(spans, entry)).toBeUndefined();
  });

  test('fault 36: a live trace goes on while a root is open, however long ago it was', () => {
    expect(summaryOf(`${RUN}\nnote custom 1... live`, live, DRAWN_START_US * 2).status).toBe('in_progress');
  });

  test('a span below an ended root that never ends does not keep a live trace running', () => {
    const lost = `${RUN}\n      lookup function 3... live`;
    expect(summaryOf(lost, live, DRAWN_START_US).status).toBe('in_progress');
    expect(summaryOf(lost, live, DRAWN_START_US + QUIET_US).status).toBe('completed');
  });

  test('which of two turns that start together is the last does not depend on arrival', () => {
    const agent = 'Agent agent 0-5 id=a';
    const first = 'Turn 1 turn 0-5 id=t1 parent=a !boom';
    const second = 'Turn 2 turn 0-5 id=t2 parent=a';
    expect(summaryOf([agent, first, second].join('\n')).status).toBe('completed');
    expect(summaryOf([agent, second, first].join('\n')).status).toBe('completed');
  });

  test('a failed root task, agent below it, or its last turn fails the trace', () => {
    expect(summaryOf(RUN.replace('0-5', '0-5 !boom')).status).toBe('failed');
    expect(summaryOf(RUN.replace('agent 0-5', 'agent 0-5 !boom')).status).toBe('failed');
    expect(summaryOf(RUN.replace('turn 3-5', 'turn 3-5 !boom')).status).toBe('failed');
    expect(summaryOf('Agent agent 0-5 !boom').status).toBe('failed');
  });

  test('a failed turn that was followed by a good one, a tool and a nested agent do not', () => {
    expect(summaryOf(RUN.replace('turn 0-2', 'turn 0-2 !boom')).status).toBe('completed');
    expect(summaryOf(`${RUN}\n      lookup function 3-4 !boom`).status).toBe('completed');
    expect(summaryOf(`${RUN}\n      Inner agent 3-4 !boom`).status).toBe('completed');
  });
});
