/**
 * Which thread each span stands on, for a viewer that nests by time alone: its parent's, while that is what runs
 * there and outlasts it, else the first one that is free.
 *
 *     lane 1   |-- parent ------------------|
 *                 |- child -|  |- child -|
 *     lane 2          |- beside it -----|
 */
import type { EpochUs } from '../../model/time.ts';

interface Standing {
  readonly spanId: string;
  readonly endUs: EpochUs;
}

export class Lanes {
  readonly #stacks: Standing[][] = [];
  readonly #laneOf = new Map<string, number>();

  /** Called in order of start, parents first. `endUs` is Infinity for what has not ended. Counted from 1. */
  place(spanId: string, parentId: string | undefined, startUs: EpochUs, endUs: EpochUs): number {
    const own = parentId === undefined ? undefined : this.#laneOf.get(parentId);
    const lane = own !== undefined && this.#fits(own, parentId, startUs, endUs) ? own : this.#free(startUs);
    this.#stacks[lane]?.push({ spanId, endUs });
    this.#laneOf.set(spanId, lane);
    return lane + 1;
  }

  #fits(lane: number, parentId: string | undefined, startUs: EpochUs, endUs: EpochUs): boolean {
    const top = this.#settle(lane, startUs).at(-1);
    return top !== undefined && top.spanId === parentId && endUs <= top.endUs;
  }

  #free(startUs: EpochUs): number {
    for (let lane = 0; lane < this.#stacks.length; lane++) {
      if (this.#settle(lane, startUs).length === 0) return lane;
    }
    return this.#stacks.push([]) - 1;
  }

  /** What still runs on a lane. */
  #settle(lane: number, atUs: EpochUs): Standing[] {
    const stack = this.#stacks[lane] ?? [];
    for (let top = stack.at(-1); top !== undefined && top.endUs <= atUs; top = stack.at(-1)) stack.pop();
    return stack;
  }
}
