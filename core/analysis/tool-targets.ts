/** The agent that the call of a tool passes to: by what it was told, else by the name of the tool. */
import { at } from '../model/assert.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { AgentVisit } from './agent-visits.ts';

export interface ToolTarget {
  /** Code of the agent's name; 0: none. */
  readonly to: number;
  /** The call says it itself. A name alone may mean anything: `transfer_to_savings` is a bank's. */
  readonly isTold: boolean;
}

const TRANSFER = /^transfer_to_(.+)$/;
const NOBODY: ToolTarget = { to: 0, isTold: false };

export class ToolTargets {
  readonly #spans: SpanTable;
  /** Agents that ran, by their plain name. */
  readonly #agents = new Map<string, number>();
  readonly #known = new Map<string, ToolTarget>();

  constructor(spans: SpanTable, visits: readonly AgentVisit[]) {
    this.#spans = spans;
    for (const { name } of visits) this.#agents.set(plainName(spans.strings.at(name)), name);
  }

  /** Of a function span's row. */
  of(row: number): ToolTarget {
    const { name, target } = this.#spans.columns;
    const key = `${String(at(name, row))} ${String(at(target, row))}`;
    const known = this.#known.get(key) ?? this.#find(at(name, row), at(target, row));
    this.#known.set(key, known);
    return known;
  }

  #find(name: number, target: number): ToolTarget {
    const named = TRANSFER.exec(this.#spans.strings.at(name) ?? '')?.[1];
    const told = target === 0 ? undefined : this.#spans.strings.at(target);
    const text = told ?? named;
    if (text === undefined) return NOBODY;
    const isTold = told !== undefined && told !== named;
    return { to: this.#agents.get(plainName(text)) ?? (isTold ? target : 0), isTold };
  }
}

/** Tool names hold letters, digits and underscores only: `transfer_to_billing_agent` leads to "Billing agent". */
function plainName(name: string | undefined): string {
  return (name ?? '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_');
}
