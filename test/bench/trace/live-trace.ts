/** A trace that runs while it is looked at: its spans as a live processor reports them. */
import type { JsonObject } from '../../../core/model/json.ts';

export const LIVE_TRACE = 'trace_0123456789abcdef0123456789abcdef';
const ROOT = 'span_0123456789abcdef01234567';
const AGENTS = 40;

/** Bodies of `/v1/events`, in which spans begin with one and end with the next. */
export class LiveTrace {
  #spans = 0;
  #open: JsonObject[] = [];

  get spans(): number {
    return this.#spans;
  }

  begin(nowMs: number): string {
    const item = { object: 'trace', id: LIVE_TRACE, workflow_name: 'Live', group_id: null, metadata: {} };
    const lines = [
      { event: 'on_trace_start', at: iso(nowMs), item },
      this.#start(ROOT, null, 'agent', nowMs),
    ];
    for (let agent = 0; agent < AGENTS; agent++)
      lines.push(this.#start(agentId(agent), ROOT, 'agent', nowMs));
    return write(lines);
  }

  /** `count` more spans begin; those of the last body end. */
  go(count: number, nowMs: number): string {
    const ends = this.#open.map((item) => ({
      ...{ event: 'on_span_end', at: iso(nowMs), raw_type: 'function' },
      item: { ...item, ended_at: iso(nowMs) },
    }));
    this.#open = [];
    const starts = Array.from({ length: count }, () => {
      const id = `span_${this.#spans.toString(16).padStart(24, '0')}`;
      const start = this.#start(id, agentId(this.#spans % AGENTS), 'function', nowMs);
      this.#open.push(start.item);
      return start;
    });
    return write([...ends, ...starts]);
  }

  #start(id: string, parent: string | null, type: string, nowMs: number): { readonly item: JsonObject } {
    this.#spans++;
    const item = {
      ...{ object: 'trace.span', id, trace_id: LIVE_TRACE, parent_id: parent },
      ...{ started_at: iso(nowMs), ended_at: null, error: null },
      span_data: { type, name: `${type} ${String(this.#spans % 7)}`, input: 'a question', output: null },
    };
    return { ...{ event: 'on_span_start', at: iso(nowMs), raw_type: type }, item };
  }
}

function agentId(agent: number): string {
  return `span_a${agent.toString(16).padStart(23, '0')}`;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function write(lines: readonly object[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
