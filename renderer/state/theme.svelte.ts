/**
 * Light or dark: as the system says, unless a person chose. The choice is a setting of the host; a copy in the
 * browser is there before the first paint.
 */

export type ThemeChoice = 'system' | 'light' | 'dark';

const KEY = 'tracebench-theme';
const NEXT: Readonly<Record<ThemeChoice, ThemeChoice>> = { system: 'light', light: 'dark', dark: 'system' };

export class Theme {
  choice: ThemeChoice = $state(readChoice());
  /** Counts the changes of colour, for canvases that read their colours once. */
  epoch = $state(0);
  #tell: (choice: ThemeChoice) => void = () => undefined;

  constructor() {
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      this.epoch++;
    });
    this.#apply();
  }

  /** Called with what a person chose here. */
  onChoice(listener: (choice: ThemeChoice) => void): void {
    this.#tell = listener;
  }

  next(): void {
    this.choose(NEXT[this.choice]);
  }

  choose(choice: ThemeChoice): void {
    this.apply(choice);
    this.#tell(choice);
  }

  /** Shows what was chosen here or elsewhere. */
  apply(choice: ThemeChoice): void {
    if (choice === this.choice) return;
    this.choice = choice;
    localStorage.setItem(KEY, choice);
    this.#apply();
  }

  #apply(): void {
    if (this.choice === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = this.choice;
    this.epoch++;
  }
}

function readChoice(): ThemeChoice {
  const stored = localStorage.getItem(KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}
