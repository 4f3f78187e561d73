/** What each target holds, what it says it cannot, and that hostile text stays text in it. */
import { describe, expect, it } from 'vitest';
import { SANITISE_RULES } from '../../../../core/sanitise/rules.ts';
import { EXPORT_TARGETS } from '../../../../core/writers/registry.ts';
import { convert, laidDown, tracesIn } from './convert.ts';

const LINES = [
  {
    object: 'trace',
    id: 'trace_0123456789abcdef0123456789abcdef',
    workflow_name: '=HYPERLINK("http://evil.example")',
    group_id: 'ticket-4711',
    metadata: { user_id: 'ada.lovelace' },
  },
  {
    object: 'trace.span',
    id: 'span_1',
    trace_id: 'trace_0123456789abcdef0123456789abcdef',
    parent_id: null,
    started_at: '2026-06-01T00:00:00.000Z',
    ended_at: '2026-06-01T00:00:02.000Z',
    span_data: {
      type: 'function',
      name: '\u001b[2J@tool',
      input: 'the secret question',
      output: 'the secret answer',
    },
    error: null,
  },
];

const file = (): Promise<string> =>
  laidDown(Buffer.from(LINES.map((line) => `${JSON.stringify(line)}\n`).join('')));

it.each(EXPORT_TARGETS.map(({ name }) => name))(
  '%s writes the same bytes of the same traces',
  async (name) => {
    const path = await file();
    const [first, second] = [await convert([path], name), await convert([path], name)];
    expect(second.bytes.equals(first.bytes)).toBe(true);
    expect(first.state).toMatchObject({ phase: 'done', traces: 1, spans: 1, tracesTotal: 1 });
  },
);

it.each(EXPORT_TARGETS.map(({ name }) => name))('%s holds nothing that was withheld', async (name) => {
  const { bytes, state } = await convert([await file()], name, SANITISE_RULES);
  // A bundle is looked at through what is read of it.
  const held = name === 'bundle' ? (await convert([await laidDown(bytes)], 'openai-agents')).bytes : bytes;
  const text = `${held.toString()}${JSON.stringify(await tracesIn(name === 'bundle' ? [await laidDown(bytes)] : []))}`;
  for (const secret of ['secret', 'lovelace', '4711']) expect(text).not.toContain(secret);
  // A list of traces never looks at what its spans hold.
  expect(state.withheld.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['groups', 'metadata']));
});

describe('hostile text', () => {
  it('fault 50: is no formula in a CSV', async () => {
    const { bytes } = await convert([await file()], 'csv-traces');
    expect(bytes.toString()).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
  });

  it('fault 51: steers no terminal in the text tree', async () => {
    const { bytes } = await convert([await file()], 'text');
    expect(bytes.toString()).not.toContain('\u001b');
    expect(bytes.toString()).toContain('\\u001b[2J@tool');
  });
});

it('says what a target cannot hold', async () => {
  const { state } = await convert([await file()], 'otlp');
  expect(state.losses).toEqual([
    {
      code: 'ids-made',
      count: 1,
      message: 'The ids of 1 span are not of the target’s form; they were replaced, and kept as attributes.',
    },
  ]);
  expect((await convert([await file()], 'csv-spans')).state.losses).toMatchObject([{ code: 'payloads' }]);
});
