/**
 * Made-up corpora in which it is known what goes round: conversations whose agents hand to each other, with planted
 * loops and repeated calls, or with nothing but what looks like them: retries after errors, polling, two calls alike.
 */
import type { JsonObject } from '../../core/model/json.ts';
import { writeIsoUs } from '../../core/model/time.ts';
import { Prng } from './prng.ts';

export interface PlantOptions {
  readonly seed: number;
  readonly traces: number;
  /** False: the same conversations, and nothing that goes round. */
  readonly planted: boolean;
}

/** What was planted, by its key: `Billing → Refunds → Billing`, `Billing: look_up`. */
export interface Planted {
  /** Traces, and rounds or calls in all of them. */
  readonly traces: Set<string>;
  count: number;
}

export interface PlantedCorpus {
  readonly records: readonly JsonObject[];
  readonly loops: ReadonlyMap<string, Planted>;
  readonly repeats: ReadonlyMap<string, Planted>;
}

const AGENTS = ['Triage', 'Billing', 'Refunds', 'Tech', 'Escalation', 'Sales'];
const TOOLS = ['look_up', 'search', 'refund', 'get_status'];
const START_US = Date.UTC(2026, 2, 1) * 1000;

export function plantCorpus({ seed, traces, planted }: PlantOptions): PlantedCorpus {
  const prng = new Prng(seed);
  const corpus = new CorpusWriter(prng);
  for (let n = 0; n < traces; n++) corpus.writeTrace(`trace_${String(n)}`, n, planted);
  return corpus;
}

class CorpusWriter implements PlantedCorpus {
  readonly records: JsonObject[] = [];
  readonly loops = new Map<string, Planted>();
  readonly repeats = new Map<string, Planted>();
  readonly #prng: Prng;
  #traceId = '';
  #nowUs = 0;
  #spans = 0;
  #asked = 0;

  constructor(prng: Prng) {
    this.#prng = prng;
  }

  writeTrace(traceId: string, n: number, planted: boolean): void {
    this.#traceId = traceId;
    this.#nowUs = START_US + n * 3_600_000_000;
    const metadata = { user_id: `user_${String(n % 7)}`, service: n % 2 === 0 ? 'desk' : 'shop' };
    const workflow = n % 3 === 0 ? 'Support' : 'Shopping';
    this.records.push({
      object: 'trace',
      id: traceId,
      workflow_name: workflow,
      group_id: n % 5 === 0 ? null : `chat_${String(n % 11)}`,
      metadata,
    });
    const path = this.#planPath(planted && this.#prng.chance(0.5));
    path.forEach((agent, i) => {
      this.#writeRun(agent, path[i + 1], planted && this.#prng.chance(0.3));
    });
  }

  /** Different agents one after the other; where a loop is planted, two of them a few times more. */
  #planPath(isLoop: boolean): readonly string[] {
    const turn = this.#prng.int(0, AGENTS.length - 1);
    const turned = [...AGENTS.slice(turn), ...AGENTS.slice(0, turn)];
    const way = turned.slice(0, this.#prng.int(2, 4));
    if (!isLoop) return way;
    const handoffs = this.#prng.int(1, 4);
    const [from = '', to = ''] = way.slice(-2);
    for (let i = 0; i < handoffs; i++) way.push(i % 2 === 0 ? from : to);
    const names = from < to ? [from, to, from] : [to, from, to];
    // Every second handoff comes back to where the round began.
    this.#note(this.loops, names.join(' → '), Math.ceil(handoffs / 2));
    return way;
  }

  #writeRun(agent: string, next: string | undefined, isRepeated: boolean): void {
    const id = this.#nextId();
    const beganUs = this.#nowUs;
    this.#writeCall(id);
    this.#writeDecoys(id);
    if (isRepeated) {
      const tool = this.#prng.pick(TOOLS);
      const calls = this.#prng.int(3, 6);
      const input = this.#ask();
      for (let i = 0; i < calls; i++) this.#writeTool(id, tool, i % 2 === 0 ? input : respell(input), 'same');
      this.#note(this.repeats, `${agent}: ${tool}`, calls);
    }
    this.#writeCall(id);
    if (next !== undefined) {
      this.#write(id, { type: 'handoff', from_agent: agent, to_agent: next }, 1_000);
    }
    this.records.push(this.#span(id, null, { type: 'agent', name: agent }, beganUs, this.#nowUs));
  }

  #writeDecoys(parent: string): void {
    for (let i = this.#prng.int(0, 3); i > 0; i--) {
      const tool = this.#prng.pick(TOOLS);
      const input = this.#ask();
      switch (this.#prng.int(0, 3)) {
        case 0:
          this.#writeTool(parent, tool, input, 'once');
          break;
        case 1:
          for (let k = 0; k < 4; k++) this.#writeTool(parent, tool, input, k < 3 ? undefined : 'late');
          break;
        case 2:
          for (let k = 0; k < 5; k++) this.#writeTool(parent, tool, input, k < 4 ? 'pending' : 'done');
          break;
        default:
          this.#writeTool(parent, tool, input, 'twice');
          this.#writeTool(parent, tool, input, 'twice');
      }
    }
  }

  /** `output` undefined: it fails. */
  #writeTool(parent: string, name: string, input: string, output: string | undefined): void {
    const error =
      output === undefined
        ? { message: `No answer after ${String(this.#prng.int(1, 90))} s`, data: null }
        : null;
    const data = { type: 'function', name, input, output: output ?? null };
    this.#write(parent, data, this.#prng.int(1, 400) * 1000, error);
  }

  #writeCall(parent: string): void {
    const model = this.#prng.pick(['gpt-5', 'gpt-5-mini', 'a-model-of-nobody']);
    const usage = { input_tokens: this.#prng.int(10, 4000), output_tokens: this.#prng.int(1, 900) };
    this.#write(parent, { type: 'generation', model, usage }, this.#prng.int(100, 5000) * 1000);
  }

  #write(parent: string, data: JsonObject, lengthUs: number, error: JsonObject | null = null): void {
    const beganUs = this.#nowUs;
    this.#nowUs += lengthUs;
    this.records.push(this.#span(this.#nextId(), parent, data, beganUs, this.#nowUs, error));
  }

  #span(
    id: string,
    parent: string | null,
    data: JsonObject,
    fromUs: number,
    toUs: number,
    error: JsonObject | null = null,
  ): JsonObject {
    return {
      object: 'trace.span',
      id,
      trace_id: this.#traceId,
      parent_id: parent,
      started_at: writeIsoUs(fromUs),
      ended_at: writeIsoUs(toUs),
      span_data: data,
      error,
    };
  }

  #nextId(): string {
    return `span_${String(this.#spans++)}`;
  }

  /** Arguments that nobody asked before. */
  #ask(): string {
    return JSON.stringify({ order: this.#asked++, full: true });
  }

  #note(into: Map<string, Planted>, key: string, count: number): void {
    const known = into.get(key) ?? { traces: new Set<string>(), count: 0 };
    known.traces.add(this.#traceId);
    known.count += count;
    into.set(key, known);
  }
}

/** The same arguments as another program would write them. */
function respell(input: string): string {
  const { order, full } = JSON.parse(input) as { readonly order: number; readonly full: boolean };
  return ` { "full": ${String(full)}, "order": ${String(order)} }`;
}
