import { describe, expect, test } from 'vitest';
import { computeHandoffs, type HandoffStory } from '../../../core/analysis/handoffs.ts';
import { linkSpans } from '../../../core/analysis/span-tree.ts';
import { at } from '../../../core/model/assert.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import { DRAWN_START_US } from '../../build/trace-text-record.ts';
import { foldTraceText } from '../../build/read-trace-text.ts';

interface Told extends HandoffStory {
  readonly spans: SpanTable;
  readonly name: (code: number) => string;
}

function tell(drawing: string): Told {
  const spans = foldTraceText(drawing);
  const story = computeHandoffs(spans, linkSpans(spans));
  return { ...story, spans, name: (code) => spans.strings.at(code) ?? '?' };
}

/** `Triage → Billing @20`: the arrow says the kind, `~` inferred, `!` failed, `(run)` that the target ran. */
function passagesOf({ passages, name, visits }: Told): string[] {
  const arrows = { handoff: '→', call: '⇢', next: '…' };
  return passages.map((passage) => {
    const marks = `${passage.inferred ? '~' : ''}${passage.failed ? '!' : ''}`;
    const ms = (passage.atUs - DRAWN_START_US) / 1000;
    if (passage.toVisit >= 0) expect(at(visits, passage.toVisit).name).toBe(passage.to);
    const ran = passage.toVisit >= 0 ? '' : ' (never ran)';
    return `${name(passage.from)} ${arrows[passage.kind]}${marks} ${name(passage.to)} @${String(ms)}${ran}`;
  });
}

function loopsOf({ loops, name }: Told): string[] {
  return loops.map(({ agents, rounds }) => `${agents.map(name).join(' → ')} ×${String(rounds)}`);
}

const DESK = `
  Desk                 task      0-----------------------90
    Triage             agent     0------20                    to=Billing
      lookup           function   2--4
      Triage>Billing   handoff         18-20
    Billing            agent             20--------60
      lookup           function            22--24             !boom
      lookup           function              25--28
      Billing>Refunds  handoff                  58-60
    Refunds            agent                      60-----90
`;

test('a handoff joins the run that hands off with the run that begins then', () => {
  const story = tell(DESK);
  expect(passagesOf(story)).toEqual(['Triage → Billing @18', 'Billing → Refunds @58']);
  expect(story.passages.map(({ fromVisit, toVisit }) => [fromVisit, toVisit])).toEqual([
    [0, 1],
    [1, 2],
  ]);
  expect(story.loops).toEqual([]);
});

test('tools and failures belong to the agent that ran them, and lead to their spans', () => {
  const { agents, spans, name } = tell(DESK);
  const told = agents.map((agent) => {
    const tools = [...agent.tools].map(
      ([tool, use]) => `${name(tool)} ${String(use.calls)}/${String(use.errors)}`,
    );
    return `${name(agent.name)}: ${String(agent.visits.length)} run, ${String(agent.errors)} errors, ${tools.join()}`;
  });
  expect(told).toEqual([
    'Triage: 1 run, 0 errors, lookup 1/0',
    'Billing: 1 run, 1 errors, lookup 2/1',
    'Refunds: 1 run, 0 errors, ',
  ]);
  const billing = at(agents, 1);
  expect(spans.spanId(billing.firstErrorRow)).toBe('s6');
  expect([...billing.tools.values()].map(({ firstErrorRow }) => spans.spanId(firstErrorRow))).toEqual(['s6']);
});

test('every span knows the run it belongs to; what stands above all agents belongs to none', () => {
  const { visitOf } = tell(DESK);
  expect([...visitOf]).toEqual([-1, 0, 0, 0, 1, 1, 1, 1, 2]);
});

test('an agent that stands below the one that handed off is still handed to, not called', () => {
  const story = tell(`
    Triage              agent     0---------------90
      Triage>Billing    handoff     18-20
      Billing           agent          20-------80
  `);
  expect(passagesOf(story)).toEqual(['Triage → Billing @18']);
});

test('a handoff written by hand beside the agents names its own source', () => {
  const story = tell(`
    Triage          agent     0--20
    Triage>Billing  handoff    20-21
    Billing         agent       21--40
  `);
  expect(passagesOf(story)).toEqual(['Triage → Billing @20']);
  expect(at(story.passages, 0)).toMatchObject({ fromVisit: 0, toVisit: 1 });
});

describe('agents as tools', () => {
  const TOOLS = `
    Desk                task      0-------------------90
      Lead              agent     0-------------------90
        to_spanish      function    10------40
          Agent         task        10------40
            Spanish     agent       10------40
        to_french       function    10---------50            !boom
          French        agent       12------48
            French>Copy handoff        30-31
            Copy        agent           32-45
  `;

  test('are calls, told by the tool, and the caller goes on; a handoff inside one stays a handoff', () => {
    const story = tell(TOOLS);
    expect(passagesOf(story)).toEqual(['Lead ⇢ Spanish @10', 'Lead ⇢! French @10', 'French → Copy @30']);
    expect(story.passages.map(({ row }) => story.spans.name(row))).toEqual([
      'to_spanish',
      'to_french',
      '→ Copy',
    ]);
  });

  test('an agent that runs directly inside another is called too', () => {
    expect(passagesOf(tell('Outer agent 0--9\n  Inner agent 2--4'))).toEqual(['Outer ⇢ Inner @2']);
  });

  test('an agent span directly below one of the same name is the same run', () => {
    const { visits } = tell('Echo agent 0--9\n  Echo agent 1--8\n    ask function 2--3');
    expect(visits).toHaveLength(1);
    expect(at(visits, 0).tools.size).toBe(1);
  });
});

describe('what no handoff span tells', () => {
  const OLD = `
    Triage   agent   0---20          to=Billing,Refunds
    Billing  agent       20---40
    Closing  agent             40-60
  `;

  test('is inferred where the agent before may hand off to the next; else the run just came next', () => {
    expect(passagesOf(tell(OLD))).toEqual(['Triage →~ Billing @20', 'Billing … Closing @40']);
  });

  test('is not inferred beside a handoff span that tells it, nor while the agent before still ran', () => {
    expect(passagesOf(tell(`${OLD}\n    Triage>Billing  handoff 19-20`))).toContain('Triage → Billing @19');
    expect(passagesOf(tell(OLD.replace('0---20', '0---25')))).toEqual(['Billing … Closing @40']);
  });

  test('is inferred from a tool that transfers to an agent by its plain name', () => {
    const story = tell(`
      graph                          custom     0-----------50
        Supervisor                   agent      0--10
          transfer_to_billing_agent  function     8-9
        Billing agent                agent         11---30
    `);
    expect(passagesOf(story)).toEqual(['Supervisor →~ Billing agent @8']);
  });

  test('is inferred from a tool that is told whom to pass to, also where that agent never ran', () => {
    const story = tell(`
      invocation            custom     0--------------50
        Coordinator         agent      0----------40
          transfer_to_agent function     8-9              to="Billing agent"
          Billing agent     agent            11---30
          transfer_to_agent function               32-33  to=Nobody !lost
    `);
    expect(passagesOf(story)).toEqual([
      'Coordinator →~ Billing agent @8',
      'Coordinator →~! Nobody @32 (never ran)',
    ]);
  });

  test('is inferred between the steps of a graph, whose agents are no spans', () => {
    const story = tell(`
      graph               custom     0-----------50
        router            custom     0--10
          hand_over       function     8-9        agent=router to=writer
    `);
    expect(passagesOf(story)).toEqual(['router →~ writer @8 (never ran)']);
  });

  test('is not inferred from a tool whose name only sounds like it', () => {
    expect(passagesOf(tell('Bank agent 0--9\n  transfer_to_savings function 2--4 to=savings'))).toEqual([]);
  });

  test('two roots without a common parent are one story', () => {
    const story = tell(`
      Ask     task     0--20
        Desk  agent    0--20
      Again   task        30--50
        Desk  agent       30--50
    `);
    expect(passagesOf(story)).toEqual(['Desk … Desk @30']);
    expect(story.agents).toHaveLength(1);
  });

  test('runs side by side do not follow each other', () => {
    expect(passagesOf(tell('A agent 0---20\nB agent 5---25\nC agent 30-40'))).toEqual(['B … C @30']);
  });
});

describe('handoffs that led nowhere', () => {
  test('name nobody, or an agent that never ran', () => {
    const story = tell(`
      Triage          agent    0-------20
        Triage>       handoff    5-6       !boom
        Triage>Ghost  handoff      10-11
    `);
    expect(passagesOf(story)).toEqual(['Triage →! ? @5 (never ran)', 'Triage → Ghost @10 (never ran)']);
    expect(story.agents.map(({ visits }) => visits.length)).toEqual([1, 0, 0]);
  });
});

describe('loops', () => {
  const round = (from: string, to: string, start: number): string =>
    `${from} agent ${String(start)}--${String(start + 8)}\n  ${from}>${to} handoff ${String(start + 7)}-${String(start + 8)}`;
  const walk = (...names: string[]): string =>
    names
      .map((name, i) => {
        const next = names[i + 1];
        return next === undefined
          ? `${name} agent ${String(i * 10)}--${String(i * 10 + 8)}`
          : round(name, next, i * 10);
      })
      .join('\n');

  test('each way round counts once', () => {
    const story = tell(walk('A', 'B', 'A', 'B', 'A', 'C'));
    expect(loopsOf(story)).toEqual(['A → B → A ×2']);
    expect(story.edges.map(({ passages }) => passages.length)).toEqual([2, 2, 1]);
    expect(at(story.loops, 0).closedBy).toEqual([1, 3]);
  });

  test('a loop inside a loop is told apart', () => {
    expect(loopsOf(tell(walk('A', 'B', 'C', 'B', 'A')))).toEqual(['B → C → B ×1', 'A → B → A ×1']);
  });

  test('an agent called twice as a tool is no loop', () => {
    const story = tell(`
      Lead         agent     0----------40
        ask        function    5--10
          Helper   agent       5--10
        ask        function      15-20
          Helper   agent         15-20
    `);
    expect(story.loops).toEqual([]);
    expect(story.edges).toHaveLength(1);
    expect(at(story.edges, 0).passages).toHaveLength(2);
  });
});

test('a running agent is open, and an agent without a start stands last', () => {
  const { visits, name } = tell('Late agent ?--9\nFirst agent 0...');
  expect(visits.map((visit) => `${name(visit.name)} ${String(visit.open)}`)).toEqual([
    'First true',
    'Late false',
  ]);
});

test('twenty thousand runs that hand off in a ring are no trouble, even on a busy machine', () => {
  const lines: string[] = [];
  for (let i = 0; i < 20_000; i++) {
    lines.push(`A${String(i % 7)} agent ${String(i * 10)}--${String(i * 10 + 9)}`);
    lines.push(
      `  A${String(i % 7)}>A${String((i + 1) % 7)} handoff ${String(i * 10 + 8)}-${String(i * 10 + 9)}`,
    );
  }
  const spans = foldTraceText(lines.join('\n'));
  const tree = linkSpans(spans);
  const startMs = performance.now();
  const story = computeHandoffs(spans, tree);
  expect(performance.now() - startMs).toBeLessThan(5000);
  expect(story.passages).toHaveLength(20_000);
  expect(story.loops.map(({ rounds }) => rounds)).toEqual([2857]);
});
