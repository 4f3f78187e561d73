/** Light or dark: as the system says, unless a person chose. */

export type ThemeChoice = 'system' | 'light' | 'dark';

const KEY = 'tracebench-theme';
const NEXT: Readonly<Record<ThemeChoice, ThemeChoice>> = { system: 'light', light: 'dark', dark: 'system' };

export class Theme {
  choice: ThemeChoice = $state(readChoice());
  /** Counts the changes of colour, for canvases that read their colours once. */
  epoch = $state(0);

  constructor() {
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      this.epoch++;
    });
    this.#apply();
  }

  next(): void {
    this.choice = NEXT[this.choice];
    localStorage.setItem(KEY, this.choice);
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
