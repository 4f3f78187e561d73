/** What redaction did so far: counts by type, by field and by whose rule it was. It never knows a value. */
import { DETECTOR_VERSION } from '../detect/registry.ts';
import type { RedactedPlace } from './place-counts.ts';

export interface ReportedPlace extends RedactedPlace {
  /** Id of the plugin whose policy it was. */
  readonly plugin: string;
}

export interface RedactionReport {
  readonly detectorVersion: string;
  /** Records that were looked at, and those of them that were changed. */
  readonly records: number;
  readonly changed: number;
  readonly byType: Readonly<Record<string, number>>;
  /** The largest first. */
  readonly places: readonly ReportedPlace[];
  /** Places beyond those that are told one by one. */
  readonly furtherPlaces: number;
}

/** Paths are of the sender's making, so their number has an end. */
const MOST_PLACES = 500;

export class RedactionTally {
  #records = 0;
  #changed = 0;
  #further = 0;
  readonly #byType = new Map<string, number>();
  readonly #places = new Map<string, { place: RedactedPlace; plugin: string; count: number }>();

  add(
    plugin: string,
    redacted: { readonly places: readonly RedactedPlace[]; readonly changed: boolean },
  ): void {
    this.#records++;
    if (redacted.changed) this.#changed++;
    for (const place of redacted.places) {
      this.#byType.set(place.type, (this.#byType.get(place.type) ?? 0) + place.count);
      const key = `${plugin} ${place.type} ${place.path}`;
      const known = this.#places.get(key);
      if (known !== undefined) known.count += place.count;
      else if (this.#places.size < MOST_PLACES) this.#places.set(key, { place, plugin, count: place.count });
      else this.#further += place.count;
    }
  }

  report(): RedactionReport {
    return {
      detectorVersion: DETECTOR_VERSION,
      records: this.#records,
      changed: this.#changed,
      byType: Object.fromEntries([...this.#byType].sort(([, a], [, b]) => b - a)),
      places: [...this.#places.values()]
        .map(({ place, plugin, count }) => ({ path: place.path, type: place.type, plugin, count }))
        .sort((a, b) => b.count - a.count),
      furtherPlaces: this.#further,
    };
  }
}
