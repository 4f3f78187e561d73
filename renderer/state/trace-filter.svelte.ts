/** What of the open trace is looked at: the statistics choose it, the other views show no more than that. */
import type { StatisticsBy } from '../../core/analysis/span-statistics.ts';

export interface ChosenGroup {
  readonly by: StatisticsBy;
  readonly key: string;
  /** For people. */
  readonly label: string;
}

export class TraceFilter {
  group: ChosenGroup | undefined = $state.raw();

  /** Chooses a group, or lets it go where it was chosen. */
  toggle(group: ChosenGroup): void {
    this.group = this.isChosen(group) ? undefined : group;
  }

  clear(): void {
    this.group = undefined;
  }

  isChosen({ by, key }: ChosenGroup): boolean {
    return this.group?.by === by && this.group.key === key;
  }
}
