/** How often the guardrails of many traces ran and tripped. */
import { at } from '../../model/assert.ts';
import { KIND_CODE } from '../../model/span-kind.ts';
import type { GuardrailRow } from '../../rpc/corpus.ts';
import { FactBit, type CorpusFacts, type TraceRows } from './corpus-facts.ts';
import type { ReachQueries } from './reach-query.ts';
import { Samples } from './samples.ts';
import { ReachTally } from './tallies.ts';

class GuardrailTally {
  runs = 0;
  triggered = 0;
  readonly durations = new Samples();
  readonly reach = new ReachTally();
}

export class GuardrailTallies {
  readonly #tallies = new Map<number, GuardrailTally>();
  readonly #facts: CorpusFacts;

  constructor(facts: CorpusFacts) {
    this.#facts = facts;
  }

  add({ summary, spans: { from, to } }: TraceRows): void {
    if (summary.spansByKind.guardrail === undefined) return;
    const spans = this.#facts.spans.columns;
    for (let row = from; row < to; row++) {
      if (spans.kind[row] !== KIND_CODE.guardrail) continue;
      const name = at(spans.name, row);
      let tally = this.#tallies.get(name);
      if (tally === undefined) this.#tallies.set(name, (tally = new GuardrailTally()));
      tally.runs++;
      tally.durations.add(at(spans.durationUs, row));
      if ((at(spans.bits, row) & FactBit.triggered) === 0) continue;
      tally.triggered++;
      tally.reach.add(summary.id, at(spans.startUs, row));
    }
  }

  /** Those that tripped most first. */
  describe(queries: ReachQueries): readonly GuardrailRow[] {
    const rows = [...this.#tallies].map(([code, tally]): GuardrailRow => {
      const guardrail = this.#facts.strings.at(code) ?? '';
      return {
        guardrail,
        runs: tally.runs,
        triggered: tally.triggered,
        durations: tally.durations.describe(),
        reach: tally.reach.describe(guardrail === '' ? null : queries.field('tripped', guardrail)),
      };
    });
    return rows.sort((a, b) => b.triggered - a.triggered || b.runs - a.runs);
  }
}
