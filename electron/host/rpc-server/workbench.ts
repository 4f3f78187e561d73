/** What a session may ask of the host: everything behind the contract, whatever carries it. */
import type { FileReport, HostStatus, ImportProgress } from '../../../core/rpc/contract.ts';
import type { Health } from '../../../core/rpc/health.ts';
import type { AuditDesk } from '../audit/audit-desk.ts';
import type { HoldShelf } from '../audit/hold-shelf.ts';
import type { Cleaner } from '../cleanup/cleaner.ts';
import type { CorpusDesk } from '../corpus/corpus-desk.ts';
import type { CostDesk } from '../prices/cost-desk.ts';
import type { IntakeDesk } from '../intake/intake-desk.ts';
import type { PluginDesk } from '../plugins/plugin-desk.ts';
import type { StatusBoard } from '../host-status.ts';
import type { ReportShelf } from '../reports/report-shelf.ts';
import type { SearchDesk } from '../search/search-desk.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { TraceStore } from '../trace-store.ts';
import type { TouchedTraces } from './touched-traces.ts';

export interface Workbench {
  readonly store: TraceStore;
  readonly board: StatusBoard;
  readonly cleaner: Cleaner;
  readonly settings: SettingsStore;
  readonly reports: ReportShelf;
  readonly plugins: PluginDesk;
  readonly corpus: CorpusDesk;
  readonly costs: CostDesk;
  readonly search: SearchDesk;
  readonly intake: IntakeDesk;
  readonly audit: AuditDesk;
  readonly holds: HoldShelf;
  /** Of the store's library, shared by all sessions. */
  readonly touched: TouchedTraces;
  /** Whether a token is this host's. */
  isToken(token: string): boolean;
  readStatus(): Promise<HostStatus>;
  readHealth(): Promise<Health>;
  importPaths(importId: string, paths: readonly string[], bringBack: boolean): Promise<readonly FileReport[]>;
  cancelImport(importId: string): void;
  /** Calls back while files are imported, whoever asked for it; returns how to stop that. */
  onImportProgress(listener: (progress: ImportProgress) => void): () => void;
}
