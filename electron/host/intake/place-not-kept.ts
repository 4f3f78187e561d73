/** Lays what the gate did not keep beside what the reading refused, by the places that records had in the body. */
import { KEPT_REJECTS, type Reject } from '../records/record-intake.ts';
import type { NotKept } from './intake-gate.ts';

export interface Refused {
  /** The first of them, by place. */
  readonly rejects: readonly Reject[];
  readonly rejected: number;
}

export function placeNotKept({ rejects, rejected }: Refused, notKept: readonly NotKept[]): Refused {
  if (notKept.length === 0) return { rejects, rejected };
  const refusedAt = rejects.map(({ position }) => position).sort((a, b) => a - b);
  const placed: Reject[] = [];
  let before = 0;
  for (const { record, code } of notKept) {
    // Every record that was refused in front of it moves it one place on.
    while ((refusedAt[before] ?? Infinity) <= record + before) before++;
    placed.push({ position: record + before, code, bytes: 0 });
  }
  const all = [...rejects, ...placed].sort((a, b) => a.position - b.position);
  return { rejects: all.slice(0, KEPT_REJECTS), rejected: rejected + notKept.length };
}
