/** Types of shell-choice.mjs, for its test. */
export const REMEMBER_FAILURE_MS: number;

export interface ShellFacts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly isRoot: boolean;
  readonly options: readonly string[];
  readonly binary: string | undefined;
  readonly failure: { readonly at: number; readonly reason: string } | undefined;
  readonly nowMs: number;
}

export type ShellChoice =
  | { readonly kind: 'desktop'; readonly binary: string }
  | { readonly kind: 'browser'; readonly why: string }
  | { readonly kind: 'download' };

export function chooseShell(facts: ShellFacts): ShellChoice;
