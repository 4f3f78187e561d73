/** What stands behind one agent, one way or one tool of the handoff map. */
import { at } from '../../model/assert.ts';
import { KIND_CODE } from '../../model/span-kind.ts';
import {
  MAX_DETAIL_TRACES,
  type CorpusMap,
  type CorpusMapDetail,
  type Durations,
  type MapPart,
  type Reach,
} from '../../rpc/corpus.ts';
import { FactBit, type TraceRows } from './corpus-facts.ts';
import { computeCorpusMap } from './corpus-map.ts';
import { Samples } from './samples.ts';
import { walkTraces, type Aggregate, type CorpusQuestion } from './walk-traces.ts';

interface Figures {
  readonly count: number;
  readonly failed: number;
  readonly durations: Durations;
  readonly reach: Reach;
}

export function* computeMapDetail(question: CorpusQuestion, part: MapPart): Aggregate<CorpusMapDetail> {
  const map = yield* computeCorpusMap(question);
  const behind = new TracesBehind(question, part);
  yield* walkTraces(question, (trace) => {
    behind.add(trace);
  });
  const { durations, count, failed, reach } = figuresOf(map, part);
  const agent = part.kind === 'agent' ? part.agent : undefined;
  return {
    scope: map.scope,
    durations,
    count,
    failed,
    tools: map.tools.filter((tool) => agent !== undefined && tool.agent === agent),
    arrivals: map.edges.filter(({ to }) => to === agent),
    departures: map.edges.filter(({ from }) => from === agent),
    errors: behind.errors(),
    traces: behind.traces(),
    reach,
  };
}

const NOTHING: Figures = {
  count: 0,
  failed: 0,
  durations: new Samples().describe(),
  reach: { traces: 0, traceIds: [], query: null },
};

function figuresOf(map: CorpusMap, part: MapPart): Figures {
  switch (part.kind) {
    case 'agent': {
      const node = map.nodes.find(({ agent }) => agent === part.agent);
      return node === undefined ? NOTHING : { ...node, count: node.runs };
    }
    case 'edge': {
      const edge = map.edges.find(
        ({ kind, from, to }) => kind === part.edge && from === part.from && to === part.to,
      );
      return edge === undefined ? NOTHING : { ...edge, durations: edge.answer };
    }
    case 'tool': {
      const tool = map.tools.find((each) => each.agent === part.agent && each.tool === part.tool);
      return tool === undefined ? NOTHING : { ...tool, count: tool.calls };
    }
  }
}

class TracesBehind {
  readonly #question: CorpusQuestion;
  readonly #part: MapPart;
  readonly #found: TraceRows[] = [];
  readonly #errors = new Map<number, number>();
  /** Codes of the names that the part says; undefined where no trace has such a name. */
  readonly #codeOf: (name: string) => number | undefined;

  constructor(question: CorpusQuestion, part: MapPart) {
    this.#question = question;
    this.#part = part;
    this.#codeOf = (name) => (name === '' ? 0 : question.facts.strings.find(name));
  }

  add(trace: TraceRows): void {
    const isThere =
      this.#part.kind === 'edge' ? this.#hasEdge(trace, this.#part) : this.#addSpans(trace, this.#part);
    if (isThere) this.#found.push(trace);
  }

  errors(): CorpusMapDetail['errors'] {
    const { strings } = this.#question.facts;
    return [...this.#errors]
      .map(([code, count]) => ({ errorClass: strings.at(code) ?? '', count }))
      .sort((a, b) => b.count - a.count)
      .slice(0, MAX_DETAIL_TRACES);
  }

  traces(): CorpusMapDetail['traces'] {
    return this.#found
      .toSorted((a, b) => b.summary.durationMs - a.summary.durationMs)
      .slice(0, MAX_DETAIL_TRACES)
      .map(({ summary }) => ({
        traceId: summary.id,
        workflowName: summary.workflowName,
        startedAt: summary.startedAt,
        durationUs: summary.durationMs * 1000,
        failed: summary.status === 'failed',
      }));
  }

  #hasEdge({ passages: { from, to } }: TraceRows, part: Extract<MapPart, { kind: 'edge' }>): boolean {
    const passages = this.#question.facts.passages.columns;
    const [source, target] = [this.#codeOf(part.from), this.#codeOf(part.to)];
    for (let i = from; i < to; i++) {
      const isKind = passages.kind[i] === (part.edge === 'handoff' ? 0 : 1);
      if (isKind && passages.from[i] === source && passages.to[i] === target) return true;
    }
    return false;
  }

  /** Whether a span of the trace is of the agent, or a call of the tool; counts the errors of those that are. */
  #addSpans({ spans: { from, to } }: TraceRows, part: Exclude<MapPart, { kind: 'edge' }>): boolean {
    const spans = this.#question.facts.spans.columns;
    const agent = part.agent === null ? undefined : this.#codeOf(part.agent);
    const tool = part.kind === 'tool' ? this.#codeOf(part.tool) : undefined;
    let isThere = false;
    for (let row = from; row < to; row++) {
      const bits = at(spans.bits, row);
      const isInRun = (bits & FactBit.inRun) !== 0;
      if (isInRun ? part.agent === null || spans.agent[row] !== agent : part.agent !== null) continue;
      if (part.kind === 'tool' && (spans.kind[row] !== KIND_CODE.function || spans.name[row] !== tool))
        continue;
      if (part.kind === 'tool' || (bits & FactBit.run) !== 0) isThere = true;
      if ((bits & FactBit.error) === 0) continue;
      const errorClass = at(spans.errorClass, row);
      this.#errors.set(errorClass, (this.#errors.get(errorClass) ?? 0) + 1);
    }
    return isThere;
  }
}
