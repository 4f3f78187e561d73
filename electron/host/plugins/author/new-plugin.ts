/** What `plugin new` writes: a plugin that runs and is tested as it stands, small enough to be read before it is changed. */
import { API_VERSION } from '../../../../core/plugin-api/manifest.ts';

export interface NewPlugin {
  readonly id: string;
  /** By name of the file. */
  readonly files: Readonly<Record<string, string>>;
}

/** `Slow tools` and `slow_tools` are `slow-tools`; undefined where no name can be made of it. */
export function readPluginName(text: string): string | undefined {
  const name = text
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-\d]+|-+$/g, '');
  return name === '' || name.length > 60 ? undefined : name;
}

/** `typesPath`: where an editor finds `tracebench/plugin`; undefined where it finds it by itself. */
export function makePlugin(name: string, typesPath: string | undefined): NewPlugin {
  const id = `local.${name}`;
  const title = name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
  return {
    id,
    files: {
      'plugin.json': `${JSON.stringify(manifestOf(id, name, title), undefined, 2)}\n`,
      [`${name}.ts`]: SOURCE,
      [`${name}.test.json`]: `${JSON.stringify(CASES, undefined, 2)}\n`,
      'fixture.jsonl': FIXTURE.map((line) => `${JSON.stringify(line)}\n`).join(''),
      ...(typesPath !== undefined && { 'tsconfig.json': tsconfigOf(typesPath) }),
    },
  };
}

function manifestOf(id: string, name: string, title: string): object {
  return {
    id,
    version: '0.1.0',
    name: title,
    description: 'Which tools are called, how often, and how long they take.',
    apiVersion: API_VERSION,
    main: `${name}.ts`,
    reads: ['structure', 'timing', 'names'],
    settings: {
      leastMs: {
        type: 'number',
        default: 0,
        min: 0,
        title: 'Leave out tools that took less, in milliseconds',
      },
    },
  };
}

const SOURCE = `/** Which tools are called, how often, and how long they take. */
import { col, definePlugin, groupBy, sumBy, table } from 'tracebench/plugin';

interface Call {
  readonly tool: string;
  readonly ms: number;
}

export const plugin = definePlugin<{ tools: readonly Call[] }>({
  analyses: {
    tools: {
      // Sees one trace after the other, and says what to keep of it.
      map: (trace) =>
        trace.spans
          .filter((span) => span.kind === 'function')
          .map((span) => ({ tool: span.name, ms: span.durationMs ?? 0 })),
      // Gets what was kept of all traces, and says what to show.
      reduce: (parts, { settings }) => {
        const rows = [...groupBy(parts.flat(), (call) => call.tool)]
          .map(([tool, calls]) => [tool, calls.length, sumBy(calls, (call) => call.ms)] as const)
          .filter(([, , ms]) => ms >= Number(settings.leastMs))
          .sort((a, b) => b[2] - a[2]);
        return table([col('tool'), col('calls', 'number'), col('time', 'number', 'ms')], rows);
      },
    },
  },
});
`;

const CASES = {
  cases: [
    {
      name: 'adds up the calls of each tool, the slowest first',
      run: 'tools',
      expect: {
        kind: 'table',
        rows: [
          ['search_orders', 2, 1400],
          ['send_mail', 1, 300],
        ],
      },
    },
    {
      name: 'leaves out what took less than the setting says',
      run: 'tools',
      settings: { leastMs: 1000 },
      expect: { rows: [['search_orders', 2, 1400]] },
    },
  ],
};

const TRACE = 'trace_00000000000000000000000000000001';

const span = (n: number, parent: number | undefined, from: number, to: number, data: object): object => ({
  object: 'trace.span',
  id: `span_${String(n).padStart(24, '0')}`,
  trace_id: TRACE,
  parent_id: parent === undefined ? null : `span_${String(parent).padStart(24, '0')}`,
  started_at: `2026-01-12T08:00:0${(from / 1000).toFixed(3)}Z`,
  ended_at: `2026-01-12T08:00:0${(to / 1000).toFixed(3)}Z`,
  span_data: data,
  error: null,
});

const call = (name: string, input: object, output: string): object => ({
  type: 'function',
  name,
  input: JSON.stringify(input),
  output,
});

/** One run of an agent: two calls of one tool, one of another, and a model that was asked in between. */
const FIXTURE: readonly object[] = [
  {
    object: 'trace',
    id: TRACE,
    workflow_name: 'Order help',
    group_id: 'chat-1',
    metadata: { user_id: 'ada', plan: 'free' },
  },
  span(1, undefined, 0, 4000, { type: 'agent', name: 'Helper', tools: ['search_orders', 'send_mail'] }),
  span(2, 1, 0, 900, {
    type: 'generation',
    model: 'gpt-5-mini',
    input: [{ role: 'user', content: 'Where is order 1001? Write to ada@example.org.' }],
    output: [{ role: 'assistant', content: 'I will look it up.' }],
    usage: { input_tokens: 420, output_tokens: 35 },
  }),
  span(3, 1, 900, 1900, call('search_orders', { order: 1001 }, 'not found')),
  span(4, 1, 1900, 2300, call('search_orders', { order: 1001, archive: true }, 'shipped')),
  span(5, 1, 2300, 2600, call('send_mail', { to: 'ada@example.org' }, 'sent')),
  span(6, 1, 2600, 4000, {
    type: 'generation',
    model: 'gpt-5-mini',
    input: [{ role: 'tool', content: 'shipped' }],
    output: [{ role: 'assistant', content: 'It was shipped, and you have mail.' }],
    usage: { input_tokens: 510, output_tokens: 60 },
  }),
];

function tsconfigOf(typesPath: string): string {
  const compilerOptions = {
    target: 'ES2023',
    lib: ['ES2023'],
    module: 'ESNext',
    moduleResolution: 'bundler',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    paths: { 'tracebench/plugin': [typesPath] },
  };
  return `${JSON.stringify({ compilerOptions, include: ['*.ts'] }, undefined, 2)}\n`;
}
