/** Errors of many traces by what they have in common. */
import { at } from '../../model/assert.ts';
import { kindOf } from '../../model/span-kind.ts';
import { writeIsoUs } from '../../model/time.ts';
import type { ErrorClassRow } from '../../rpc/corpus.ts';
import { FactBit, type CorpusFacts, type TraceRows } from './corpus-facts.ts';
import type { ReachQueries } from './reach-query.ts';
import { ReachTally } from './tallies.ts';
import type { Aggregate } from './walk-traces.ts';

/** Classes beyond are left out: a program may say something new each time. */
const MAX_CLASSES = 1000;

class ErrorTally {
  count = 0;
  nonFatal = 0;
  firstUs = Infinity;
  lastUs = -Infinity;
  readonly names = new Map<number, number>();
  readonly reach = new ReachTally();
}

export class ErrorTallies {
  /** By class, then by kind of span. */
  readonly #tallies = new Map<number, Map<number, ErrorTally>>();
  readonly #facts: CorpusFacts;

  constructor(facts: CorpusFacts) {
    this.#facts = facts;
  }

  add({ summary, spans: { from, to } }: TraceRows): void {
    if (summary.errors === 0) return;
    const spans = this.#facts.spans.columns;
    for (let row = from; row < to; row++) {
      const bits = at(spans.bits, row);
      if ((bits & FactBit.error) === 0) continue;
      const tally = this.#of(at(spans.errorClass, row), at(spans.kind, row));
      tally.count++;
      if ((bits & FactBit.nonFatal) !== 0) tally.nonFatal++;
      const startUs = at(spans.startUs, row);
      if (startUs < tally.firstUs) tally.firstUs = startUs;
      if (startUs > tally.lastUs) tally.lastUs = startUs;
      tally.names.set(at(spans.name, row), (tally.names.get(at(spans.name, row)) ?? 0) + 1);
      tally.reach.add(summary.id, startUs);
    }
  }

  /** The most frequent first. */
  *describe(queries: ReachQueries): Aggregate<readonly ErrorClassRow[]> {
    const { strings } = this.#facts;
    const all = [...this.#tallies].flatMap(([errorClass, kinds]) =>
      [...kinds].map(([kind, tally]) => ({ errorClass, kind, tally })),
    );
    all.sort((a, b) => b.tally.count - a.tally.count || a.tally.firstUs - b.tally.firstUs);
    const rows: ErrorClassRow[] = [];
    const spelt = this.#countSpellings();
    for (const { errorClass, kind, tally } of all.slice(0, MAX_CLASSES)) {
      yield rows.length;
      const [name] = [...tally.names].reduce((most, each) => (each[1] > most[1] ? each : most), [0, 0]);
      const words = strings.at(errorClass) ?? '';
      // To a query upper and lower case are one.
      const isOwn = spelt.get(words.toLowerCase()) === 1;
      rows.push({
        errorClass: words,
        kind: kindOf(kind),
        name: strings.at(name) ?? '',
        count: tally.count,
        nonFatal: tally.nonFatal,
        firstSeen: Number.isFinite(tally.firstUs) ? writeIsoUs(tally.firstUs) : null,
        lastSeen: Number.isFinite(tally.lastUs) ? writeIsoUs(tally.lastUs) : null,
        reach: tally.reach.describe(isOwn ? queries.errorClass(kindOf(kind), words) : null),
      });
    }
    return rows;
  }

  /** How many classes are one in small letters. */
  #countSpellings(): ReadonlyMap<string, number> {
    const spelt = new Map<string, number>();
    for (const code of this.#tallies.keys()) {
      const words = (this.#facts.strings.at(code) ?? '').toLowerCase();
      spelt.set(words, (spelt.get(words) ?? 0) + 1);
    }
    return spelt;
  }

  #of(errorClass: number, kind: number): ErrorTally {
    let kinds = this.#tallies.get(errorClass);
    if (kinds === undefined) this.#tallies.set(errorClass, (kinds = new Map<number, ErrorTally>()));
    let tally = kinds.get(kind);
    if (tally === undefined) kinds.set(kind, (tally = new ErrorTally()));
    return tally;
  }
}
