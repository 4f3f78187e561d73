/** Types of electron-binary.mjs, for its test. */
type Environment = Readonly<Record<string, string | undefined>>;

export function findElectron(folder?: string, env?: Environment): string | undefined;
export function readFailure(
  file?: string,
  folder?: string,
): { readonly at: number; readonly reason: string } | undefined;
export function fetchElectron(options: {
  readonly say: (words: string) => void;
  readonly folder?: string;
  readonly file?: string;
  readonly env?: Environment;
  readonly connectMs?: number;
}): Promise<string | undefined>;
