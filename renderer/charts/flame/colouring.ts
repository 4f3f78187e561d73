/** What the colours of the bars mean: a code a span, and a legend that says which code is what. */
import { at, assertNever } from '../../../core/model/assert.ts';
import { computeSelfTimes } from '../../../core/analysis/self-times.ts';
import { KIND_DEFINITIONS } from '../../../core/model/kinds/registry.ts';
import { SPAN_KINDS } from '../../../core/model/span-kind.ts';
import { SpanFlag } from '../../../core/model/span-row.ts';
import type { DurationUs } from '../../../core/model/time.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import { hueToken } from '../kind-hue.ts';
import type { FlameModel } from './model.ts';

export const COLOURINGS = [
  { id: 'kind', label: 'kind' },
  { id: 'agent', label: 'agent' },
  { id: 'model', label: 'model' },
  { id: 'status', label: 'status' },
  { id: 'heat', label: 'self time' },
] as const;
/** `measure`: of a plugin. */
export type ColourBy = (typeof COLOURINGS)[number]['id'] | 'measure';

export interface LegendEntry {
  readonly code: number;
  readonly label: string;
  /** A custom property. */
  readonly token: string;
  readonly spans: number;
}

export interface Colouring {
  /** By span; place in `tokens`. */
  readonly codes: Uint8Array;
  readonly tokens: readonly string[];
  /** What occurs, in the order to show it. */
  readonly legend: readonly LegendEntry[];
}

/** Own colours for so many names, the most frequent ones; all others share a quiet one. */
export const SERIES = 10;
const QUIET = '--k-custom';

/** Open spans end at `now`; `figures` by span are those of a plugin's measure. */
export function computeColouring(
  by: ColourBy,
  model: FlameModel,
  now: DurationUs,
  figures = new Float64Array(model.count),
): Colouring {
  switch (by) {
    case 'kind':
      return byKind(model);
    case 'agent':
      return byName(model, agentCodes(model), 'No agent');
    case 'model':
      return byName(model, model.table.columns.model, 'No model');
    case 'status':
      return byStatus(model);
    case 'heat':
      return byHeat(model, computeSelfTimes(model.table, model.tree, model.originUs + now), 'the time');
    case 'measure':
      return byHeat(model, figures, 'the measure');
    default:
      return assertNever(by);
  }
}

function byKind({ table, count }: FlameModel): Colouring {
  const codes = table.columns.kind;
  const tokens = SPAN_KINDS.map(hueToken);
  const labels = SPAN_KINDS.map((kind) => KIND_DEFINITIONS[kind].label);
  const legend = describe(codes, count, tokens, labels);
  return { codes, tokens, legend: [...legend].sort((a, b) => b.spans - a.spans) };
}

/** The agent that each span ran for: its own, or the nearest one above. Codes of strings, 0 for none. */
export function agentCodes({ table, tree, order, count }: FlameModel): Uint32Array {
  const { agent } = table.columns;
  const codes = new Uint32Array(count);
  for (const span of order) {
    const parent = at(tree.parent, span);
    const own = at(agent, span);
    codes[span] = own !== 0 || parent < 0 ? own : at(codes, parent);
  }
  return codes;
}

/** Of a first picture: its bars have kinds, and how many spans there are of each is known of the whole trace. */
export function colourSketch({ table }: FlameModel, { spansByKind }: TraceSummary): Colouring {
  const legend = SPAN_KINDS.map((kind, code) => {
    const spans = spansByKind[kind] ?? 0;
    return { code, token: hueToken(kind), label: KIND_DEFINITIONS[kind].label, spans };
  });
  return {
    codes: table.columns.kind,
    tokens: SPAN_KINDS.map(hueToken),
    legend: legend.filter(({ spans }) => spans > 0).sort((a, b) => b.spans - a.spans),
  };
}

function byName({ table, count }: FlameModel, names: Uint32Array, none: string): Colouring {
  const spans = new Map<number, number>();
  for (let span = 0; span < count; span++) {
    const name = at(names, span);
    if (name !== 0) spans.set(name, (spans.get(name) ?? 0) + 1);
  }
  const frequent = [...spans].sort(([a, x], [b, y]) => y - x || a - b).map(([name]) => name);
  const own = frequent.length > SERIES ? frequent.slice(0, SERIES - 1) : frequent;
  const codeOf = new Map(own.map((name, i) => [name, i]));
  const [others, nobody] = [SERIES, SERIES + 1];
  const codes = new Uint8Array(count);
  for (let span = 0; span < count; span++) {
    const name = at(names, span);
    codes[span] = name === 0 ? nobody : (codeOf.get(name) ?? others);
  }
  const labels = Array.from({ length: SERIES }, (_, i) => table.strings.at(own[i] ?? 0) ?? '');
  const tokens = Array.from({ length: SERIES }, (_, i) => `--c-${String(i)}`);
  const rest = `${String(frequent.length - own.length)} others`;
  const legend = describe(codes, count, [...tokens, '--k-task', QUIET], [...labels, rest, none]);
  return { codes, tokens: [...tokens, '--k-task', QUIET], legend };
}

const STATUSES = [
  ['Failed', '--k-failed'],
  ['Failed, survived', '--k-function'],
  ['Tripped', '--k-guardrail'],
  ['Running', '--k-agent'],
  ['Ended well', '--k-ok'],
] as const;

function byStatus({ table, count }: FlameModel): Colouring {
  const { flags } = table.columns;
  const codes = new Uint8Array(count);
  for (let span = 0; span < count; span++) {
    const own = at(flags, span);
    const failed = (own & SpanFlag.error) !== 0;
    if (failed) codes[span] = (own & SpanFlag.nonFatal) !== 0 ? 1 : 0;
    else if ((own & SpanFlag.triggered) !== 0) codes[span] = 2;
    else codes[span] = (own & SpanFlag.ended) === 0 ? 3 : 4;
  }
  const tokens = STATUSES.map(([, token]) => token);
  return {
    codes,
    tokens,
    legend: describe(
      codes,
      count,
      tokens,
      STATUSES.map(([label]) => label),
    ),
  };
}

/** From which share of the whole on a span is so hot. */
const HEAT = [
  [0.1, 'over 10 %'],
  [0.03, '3 to 10 %'],
  [0.01, '1 to 3 %'],
  [0.003, '0.3 to 1 %'],
  [0.001, '0.1 to 0.3 %'],
  [-Infinity, 'less'],
] as const;

function byHeat(model: FlameModel, amounts: Float64Array, of: string): Colouring {
  let whole = 0;
  for (const amount of amounts) if (amount > 0) whole += amount;
  const codes = amounts.reduce((all, amount, span) => {
    const share = whole > 0 && amount > 0 ? amount / whole : 0;
    all[span] = HEAT.findIndex(([from]) => share >= from);
    return all;
  }, new Uint8Array(model.count));
  const tokens = HEAT.map((_, i) => `--h-${String(i)}`);
  return {
    codes,
    tokens,
    legend: describe(
      codes,
      model.count,
      tokens,
      HEAT.map(([, label], i) => (i === 0 ? `${label} of ${of}` : label)),
    ),
  };
}

function describe(
  codes: Uint8Array,
  count: number,
  tokens: readonly string[],
  labels: readonly string[],
): readonly LegendEntry[] {
  const spans = new Float64Array(tokens.length);
  for (let span = 0; span < count; span++) spans[codes[span] ?? 0] = at(spans, codes[span] ?? 0) + 1;
  return tokens.flatMap((token, code) =>
    at(spans, code) > 0 ? [{ code, token, label: labels[code] ?? '', spans: at(spans, code) }] : [],
  );
}
