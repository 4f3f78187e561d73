/**
 * Tools that report a span more than once (its start, then what was learnt later, in any order) get their reports
 * laid together here. What waits is bounded: the oldest goes as it stands when there are too many.
 */
import { canonicalJson, isJsonObject, ownAt, type Json, type JsonObject } from '../../model/json.ts';
import type { Place } from './foreign-format.ts';

export interface HeldReport {
  readonly fields: JsonObject;
  /** Sorts as text: what a later report says wins. */
  readonly rank: string;
}

export interface ReportRules {
  /** True where nothing more is to be expected, so that it need not wait. */
  isWhole(fields: JsonObject): boolean;
  /** All that was reported of one id. */
  take(fields: JsonObject, place: Place): void;
}

const MAX_HELD = 20_000;

export class HeldReports {
  readonly #rules: ReportRules;
  readonly #held = new Map<string, { readonly reports: HeldReport[]; readonly place: Place }>();

  constructor(rules: ReportRules) {
    this.#rules = rules;
  }

  add(id: string, report: HeldReport, place: Place): void {
    const known = this.#held.get(id);
    const held = known ?? { reports: [], place };
    held.reports.push(report);
    const joined = joinReports(held.reports);
    if (this.#rules.isWhole(joined)) {
      this.#held.delete(id);
      this.#rules.take(joined, held.place);
      return;
    }
    if (known === undefined) this.#held.set(id, held);
    if (this.#held.size > MAX_HELD) this.#letGo(1);
  }

  /** Hands on all that waits. */
  end(): void {
    this.#letGo(Infinity);
  }

  #letGo(count: number): void {
    let left = count;
    for (const [id, { reports, place }] of this.#held) {
      if (left-- <= 0) return;
      this.#held.delete(id);
      this.#rules.take(joinReports(reports), place);
    }
  }
}

/** Of two of the same rank the larger text wins: the order they came in never matters. */
function joinReports(reports: readonly HeldReport[]): JsonObject {
  const [only] = reports;
  if (only !== undefined && reports.length === 1) return only.fields;
  const sorted = reports
    .map(({ fields, rank }) => ({ fields, key: `${rank}\0${canonicalJson(fields)}` }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const joined: Record<string, Json> = {};
  for (const { fields } of sorted) {
    for (const [key, value] of Object.entries(fields)) {
      const known = ownAt(joined, key);
      if (value === null && known !== undefined) continue;
      joined[key] = isJsonObject(value) && isJsonObject(known) ? { ...known, ...value } : value;
    }
  }
  return joined;
}
