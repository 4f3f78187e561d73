/**
 * How a trace passes from one agent to another. Each visit is reached at most once: by the handoff span that
 * names it, else by an inferred handoff, else by the run that called it, else because it simply came next.
 */
import { at } from '../model/assert.ts';
import { KIND_CODE } from '../model/span-kind.ts';
import { SpanFlag } from '../model/span-row.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { EpochUs } from '../model/time.ts';
import { compareStarts, type AgentVisit, type AgentVisits } from './agent-visits.ts';
import type { SpanTree } from './span-tree.ts';
import { ToolTargets } from './tool-targets.ts';

/**
 * `handoff`: the conversation went over. `call`: an agent ran inside another's run, as a tool mostly, and the
 * other went on. `next`: a run that nobody handed to began after another had ended, as two runs in one trace do.
 */
export type PassageKind = 'handoff' | 'call' | 'next';

export interface AgentPassage {
  readonly kind: PassageKind;
  /** Places in the visits; -1: no run of it is known. */
  readonly fromVisit: number;
  readonly toVisit: number;
  /** Codes of the agents' names; 0: not said. */
  readonly from: number;
  readonly to: number;
  /** The span that tells it: the handoff, the tool's call, or the agent span that was reached. */
  readonly row: number;
  readonly atUs: EpochUs;
  /** The span that tells it has an error, or a handoff names nobody. */
  readonly failed: boolean;
  /** No handoff span tells it. */
  readonly inferred: boolean;
}

const NONE = -1;

/** All passages by time; `visits` are of the same spans and tree. */
export function computePassages(
  spans: SpanTable,
  tree: SpanTree,
  visits: AgentVisits,
): readonly AgentPassage[] {
  const finder = new PassageFinder(spans, tree, visits);
  finder.readHandoffs();
  finder.inferFromTools();
  finder.inferFromOrder();
  finder.addCalls();
  finder.addNext();
  return finder.passages.sort((a, b) => compareStarts(a.atUs, b.atUs) || a.row - b.row);
}

class PassageFinder {
  readonly passages: AgentPassage[] = [];
  readonly #spans: SpanTable;
  readonly #tree: SpanTree;
  readonly #visits: readonly AgentVisit[];
  readonly #visitOf: Int32Array;
  readonly #reached: Uint8Array;
  /** Visits by agent and by the run that they stand in, in order of time. */
  readonly #queues = new Map<string, number[]>();
  readonly #positions = new Map<string, number>();

  constructor(spans: SpanTable, tree: SpanTree, { visits, visitOf }: AgentVisits) {
    this.#spans = spans;
    this.#tree = tree;
    this.#visits = visits;
    this.#visitOf = visitOf;
    this.#reached = new Uint8Array(visits.length);
    visits.forEach(({ name, above }, visit) => {
      for (const key of [String(name), `${String(name)}/${String(above)}`]) {
        const queue = this.#queues.get(key);
        if (queue === undefined) this.#queues.set(key, [visit]);
        else queue.push(visit);
      }
    });
  }

  readHandoffs(): void {
    const { agent, target, flags } = this.#spans.columns;
    for (const row of this.#rowsOf(KIND_CODE.handoff)) {
      const inside = at(this.#visitOf, row);
      const to = at(target, row);
      const toVisit = to === 0 ? NONE : this.#findNext(to, inside, at(this.#spans.columns.startUs, row));
      const said = at(agent, row);
      const failed = to === 0 || (at(flags, row) & SpanFlag.error) !== 0;
      const own = inside < 0 ? 0 : at(this.#visits, inside).name;
      const from = said === 0 ? own : said;
      const fromVisit = from === own ? inside : this.#findRunAt(from, at(this.#spans.columns.startUs, row));
      this.#add({ kind: 'handoff', row, fromVisit, from, toVisit, to, failed, inferred: false });
    }
  }

  /**
   * Frameworks that hand off by a tool and report no handoff: `transfer_to_<agent>` by its name, where such an
   * agent ran, Google ADK's tool and LangGraph's `goto` by what they were told.
   */
  inferFromTools(): void {
    const { agent, startUs, flags } = this.#spans.columns;
    const targets = new ToolTargets(this.#spans, this.#visits);
    for (const row of this.#rowsOf(KIND_CODE.function)) {
      const { to, isTold } = targets.of(row);
      const inside = at(this.#visitOf, row);
      const said = at(agent, row);
      if (to === 0 || (inside < 0 && said === 0)) continue;
      const start = at(startUs, row);
      const toVisit = this.#findNext(to, inside, start);
      if (toVisit < 0 && !isTold) continue;
      const own = inside < 0 ? 0 : at(this.#visits, inside).name;
      const from = said === 0 ? own : said;
      const fromVisit = from === own ? inside : this.#findRunAt(from, start);
      const failed = (at(flags, row) & SpanFlag.error) !== 0;
      this.#add({ kind: 'handoff', row, fromVisit, from, toVisit, to, failed, inferred: true });
    }
  }

  /** An agent that begins when its sibling ended, and that the sibling may hand off to, was handed to. */
  inferFromOrder(): void {
    const last = new Map<number, number>();
    this.#visits.forEach((visit, toVisit) => {
      const parent = at(this.#tree.parent, visit.row);
      const fromVisit = last.get(parent) ?? NONE;
      last.set(parent, toVisit);
      if (fromVisit < 0 || this.#reached[toVisit] !== 0) return;
      const before = at(this.#visits, fromVisit);
      if (!endedBefore(before, visit) || !this.#mayHandOff(before, visit)) return;
      this.#reach({ kind: 'handoff', fromVisit, toVisit, inferred: true });
    });
  }

  addCalls(): void {
    this.#visits.forEach(({ above, tool, row }, toVisit) => {
      if (above < 0 || this.#reached[toVisit] !== 0) return;
      this.#reach({ kind: 'call', fromVisit: above, toVisit, row: tool >= 0 ? tool : row, inferred: false });
    });
  }

  /** Runs that stand in no other follow each other, whoever their parents are: the trace is one story. */
  addNext(): void {
    let last = NONE;
    this.#visits.forEach((visit, toVisit) => {
      if (visit.above >= 0) return;
      if (last >= 0 && this.#reached[toVisit] === 0 && endedBefore(at(this.#visits, last), visit)) {
        this.#reach({ kind: 'next', fromVisit: last, toVisit, inferred: false });
      }
      if (last < 0 || !endsAfter(at(this.#visits, last), visit)) last = toVisit;
    });
  }

  #reach(told: Pick<AgentPassage, 'kind' | 'fromVisit' | 'toVisit' | 'inferred'> & { row?: number }): void {
    const to = at(this.#visits, told.toVisit);
    const row = told.row ?? to.row;
    const failed = told.kind === 'call' && (at(this.#spans.columns.flags, row) & SpanFlag.error) !== 0;
    this.#add({ ...told, row, from: at(this.#visits, told.fromVisit).name, to: to.name, failed });
  }

  #add(passage: Omit<AgentPassage, 'atUs'>): void {
    if (passage.toVisit >= 0) this.#reached[passage.toVisit] = 1;
    const { startUs, endUs } = this.#spans.columns;
    const start = at(startUs, passage.row);
    this.passages.push({ ...passage, atUs: Number.isNaN(start) ? at(endUs, passage.row) : start });
  }

  /**
   * The first run of an agent that begins at `fromUs` or later and that nothing has reached: inside or beside
   * the run that hands off, else anywhere. Asked in order of time, so that each queue is walked once.
   */
  #findNext(name: number, inside: number, fromUs: EpochUs): number {
    const beside = inside < 0 ? NONE : at(this.#visits, inside).above;
    const keys = [inside, beside].map((above) => `${String(name)}/${String(above)}`);
    for (const key of [...keys, String(name)]) {
      const visit = this.#takeFrom(key, fromUs);
      if (visit >= 0) return visit;
    }
    return NONE;
  }

  #takeFrom(key: string, fromUs: EpochUs): number {
    const queue = this.#queues.get(key);
    if (queue === undefined) return NONE;
    let position = this.#positions.get(key) ?? 0;
    for (; position < queue.length; position++) {
      const visit = at(queue, position);
      const { startUs } = at(this.#visits, visit);
      if (this.#reached[visit] === 0 && !(startUs < fromUs)) break;
    }
    this.#positions.set(key, position);
    return queue[position] ?? NONE;
  }

  /** The latest run of an agent that had begun at a time: handoffs written by hand stand beside the runs. */
  #findRunAt(name: number, atUs: EpochUs): number {
    const queue = this.#queues.get(String(name)) ?? [];
    let low = 0;
    let high = queue.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (at(this.#visits, at(queue, middle)).startUs <= atUs) low = middle + 1;
      else high = middle;
    }
    return queue[low - 1] ?? NONE;
  }

  #mayHandOff(from: AgentVisit, to: AgentVisit): boolean {
    const name = this.#spans.strings.at(to.name);
    const names = this.#spans.text('target', from.row)?.split('\n') ?? [];
    return name !== undefined && names.includes(name);
  }

  #rowsOf(kind: number): readonly number[] {
    const { startUs } = this.#spans.columns;
    const rows: number[] = [];
    for (const row of this.#tree.preorder) if (this.#spans.columns.kind[row] === kind) rows.push(row);
    this.#positions.clear();
    return rows.sort((a, b) => compareStarts(at(startUs, a), at(startUs, b)));
  }
}

function endedBefore(before: AgentVisit, after: AgentVisit): boolean {
  return !before.open && before.endUs <= after.startUs;
}

function endsAfter(a: AgentVisit, b: AgentVisit): boolean {
  return a.open || a.endUs > b.endUs;
}
