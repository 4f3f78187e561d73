/** What was found in one record: by type, and by the field that it stood in. Never what it was. */
import { findType, type SensitiveType } from '../detect/sensitive-types.ts';

export type SensitiveCounts = Readonly<Partial<Record<SensitiveType, number>>>;

/** How much of what was found where; lists are passed through, so a path is one of fields. */
export interface RedactedPlace {
  readonly path: string;
  readonly type: SensitiveType | 'withheld';
  readonly count: number;
}

/** Keys may be of the user's making; such a path is shown without them. */
const DEEPEST = 6;
const PLAIN_KEY = /^[A-Za-z_][\w.-]{0,39}$/;

export class PlaceCounts {
  total = 0;
  withheld = 0;
  readonly #places = new Map<string, { path: string; type: SensitiveType | 'withheld'; count: number }>();

  add(path: readonly string[], type: SensitiveType | 'withheld'): void {
    const place = namePath(path);
    const key = `${type} ${place}`;
    const known = this.#places.get(key);
    if (known === undefined) this.#places.set(key, { path: place, type, count: 1 });
    else known.count++;
    this.total++;
  }

  withhold(path: readonly string[], mark: string): string {
    this.withheld++;
    this.add(path, 'withheld');
    return mark;
  }

  byType(): SensitiveCounts {
    const counts: Partial<Record<SensitiveType, number>> = {};
    for (const { type, count } of this.#places.values()) {
      if (type !== 'withheld') counts[type] = (counts[type] ?? 0) + count;
    }
    return counts;
  }

  places(): readonly RedactedPlace[] {
    return [...this.#places.values()];
  }
}

/** Keys that could themselves be something of somebody are not told. */
function namePath(path: readonly string[]): string {
  const shown = path.slice(0, DEEPEST).map((key) => (isTold(key) ? key : '*'));
  return path.length > DEEPEST ? `${shown.join('.')}.**` : shown.join('.');
}

function isTold(key: string): boolean {
  return PLAIN_KEY.test(key) && !/\d{4}/.test(key) && findType(key) === undefined;
}
