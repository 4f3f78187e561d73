import { describe, expect, it } from 'vitest';
import { linkSpans } from '../../core/analysis/span-tree.ts';
import { foldTraceText, readTraceText, recordsOfText } from './read-trace-text.ts';
import { writeTraceText } from './write-trace-text.ts';

const EVERY_KIND = `
Support desk    task           0----------------------------30  in=100  out=20
  Triage        agent          0----------------------------30
    Turn 1      turn           0----------------------------30  agent=Triage
      gpt-5     generation     0--------10  in=100  out=20  cached=5  written=4  reasoning=1  total=120
      summary   response        1-------10  model=gpt-5-mini
      pii       guardrail        2------10  tripped
      lookup    function                   12-------22  !(non-fatal)
      fetch     function                   12--------23  !error
      >Billing  handoff                              22-----30
      docs      mcp_tools                              24---30
    note        custom                                 24...
-               speech_group             10-------20
  tts-1         speech                    11------20
  whisper       transcription              12-12`.slice(1);

describe('a trace drawn as text', () => {
  it('is drawn back as it was, whatever the kind', () => {
    const spans = foldTraceText(EVERY_KIND);
    expect(writeTraceText(spans, linkSpans(spans))).toBe(EVERY_KIND);
  });

  it('is drawn with the parents that the spans name, not with those of the drawing', () => {
    const spans = foldTraceText(`
      a    agent   0----9
        b  custom  1--3    parent=gone
        c  custom     4-5
    `);
    expect(writeTraceText(spans, linkSpans(spans))).toBe(
      `
a    agent   0--------9
  c  custom      4-5
b    custom   1-3`.slice(1),
    );
  });

  it('reads every trace line as a trace item and puts spans above the first into a placeholder', () => {
    const { table } = readTraceText(`
      lone  agent  0--1
      trace t2 workflow="Support desk" group=g metadata={"a":1}
      x     agent  0--1
    `);
    expect(table.traces.map(({ id, headers }) => ({ id, headers }))).toEqual([
      { id: 't1', headers: [] },
      {
        id: 't2',
        headers: [{ workflowName: 'Support desk', groupId: 'g', metadata: { a: 1 }, processor: false }],
      },
    ]);
  });

  it('keeps several reports of a span as several rows, whose addresses lead to their lines', () => {
    const { table, rows, lines } = readTraceText(`
      a  agent  0...   id=s live
      a  agent  0--9   id=s
    `);
    const bytes = Buffer.from(lines.join('\n'));
    const read = rows.map((row) => {
      const offset = table.columns.offset[row] ?? 0;
      return bytes.subarray(offset, offset + (table.columns.length[row] ?? 0)).toString();
    });
    expect(read).toEqual(lines);
    expect(read).toHaveLength(2);
  });

  it('answers the fold with the canonical JSON of the lines', () => {
    const { compare } = readTraceText(`
      a  agent  0--9  id=s
      b  agent  0--9  id=s
    `);
    expect(compare(0, 1)).toBe(-1);
    expect(compare(1, 1)).toBe(0);
  });

  it('refuses a line, a tag or a depth that the notation does not know', () => {
    expect(() => recordsOfText('a agent')).toThrow('not a drawn span');
    expect(() => recordsOfText('a agent 0-1 loud')).toThrow('unknown tag "loud"');
    expect(() => recordsOfText('a agent 0-1\n    b agent 0-1')).toThrow('no parent above');
  });
});
