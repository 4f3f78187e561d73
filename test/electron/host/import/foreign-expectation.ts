/** The shape of what the reading of a file of another tool must come to. */
import type { FoldedFiles } from '../../../../electron/host/import/fold-files.ts';

export interface ForeignExpectation {
  /** Below `../shared/fixtures/foreign`. */
  readonly file: string;
  readonly format: string;
  readonly traces: number;
  readonly spans: number;
  readonly kinds: Readonly<Record<string, number>>;
  /** What else must hold. */
  readonly check?: (folded: FoldedFiles) => void;
}
