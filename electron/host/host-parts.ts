/** What a host is made of besides its servers: opened over a data directory, put together for its sessions, closed again. */
import { randomBytes } from 'node:crypto';
import { writeIsoUs, type Clock } from '../../core/model/time.ts';
import type { HostStatus } from '../../core/rpc/contract.ts';
import type { BodyBudget } from './door/body-budget.ts';
import { Cleaner } from './cleanup/cleaner.ts';
import { CorpusDesk } from './corpus/corpus-desk.ts';
import { makeBodyBudget, type DoorLimits } from './door/door.ts';
import { readHealth } from './health/read-health.ts';
import { StatusBoard } from './host-status.ts';
import { Importer } from './import/importer.ts';
import { guardDeletions } from './audit/deletion-guard.ts';
import { isSameToken } from './is-same-token.ts';
import { openAudit, type Audit } from './open-audit.ts';
import { openIntake, type Intake } from './open-intake.ts';
import { openReading } from './import/reading-thread.ts';
import { resumeImports, stageDirectoryOf } from './import/resume-imports.ts';
import { openPlugins } from './open-plugins.ts';
import { openStore } from './open-store.ts';
import type { PluginDesk } from './plugins/plugin-desk.ts';
import { openCosts, type CostDesk } from './prices/open-costs.ts';
import { ReportShelf } from './reports/report-shelf.ts';
import { TouchedTraces } from './rpc-server/touched-traces.ts';
import type { Workbench } from './rpc-server/workbench.ts';
import { openSearch } from './search/open-search.ts';
import type { SearchDesk } from './search/search-desk.ts';
import { SettingsStore } from './settings/settings-store.ts';
import { removeStaleFolders } from './temporary-folder.ts';
import type { TraceStore } from './trace-store.ts';
import { VERSION } from './version.ts';
import { reportBug } from './report-bug.ts';

/** Opens the store and puts together what a page may ask of. */
export async function openHostParts(
  dataDirectory: string,
  doorLimits: Partial<DoorLimits> | undefined,
  clock: Clock,
): Promise<HostParts> {
  const board = new StatusBoard(clock);
  const settings = await SettingsStore.open(dataDirectory);
  const store = await openStore(dataDirectory, clock, storeWords(board));
  await removeStaleFolders();
  const touched = new TouchedTraces(store.library);
  const costs = openCosts(store.library, dataDirectory, clock);
  const plugins = await openPlugins(dataDirectory, store, touched, clock, () => costs.book);
  const audited = await openAudit(dataDirectory, { store, registry: plugins.registry, settings, clock });
  const { audit, holds } = audited;
  const intake = await openIntake(dataDirectory, { store, plugins: plugins.registry, clock, audit });
  const stageDirectory = stageDirectoryOf(dataDirectory);
  const reports = await ReportShelf.open(dataDirectory);
  const resumed = await resumeImports(store, stageDirectory, (file) => reports.keep(file, clock()), audit);
  return {
    store,
    touched,
    plugins,
    intake,
    ...audited,
    board,
    settings,
    dataDirectory,
    cleaner: new Cleaner(store, clock, guardDeletions(holds, audit)),
    costs,
    corpus: new CorpusDesk({ library: store.library, clock, readPrices: costs.readPrices }),
    search: openSearch(store.library, dataDirectory, clock),
    reports,
    resumed,
    importer: new Importer({
      store,
      clock,
      stageDirectory,
      reading: openReading(),
      reports,
      intake: intake.forImport,
      audit,
    }),
    budget: makeBodyBudget(doorLimits),
    token: randomBytes(24).toString('base64url'),
    addresses: { ingest: '', ui: '' },
    startedAt: writeIsoUs(clock()),
  };
}

function storeWords(board: StatusBoard): Parameters<typeof openStore>[2] {
  return {
    onAvailability: (reason) => {
      board.setAvailability(reason);
    },
    onBug: (error) => {
      board.setError('The index of a segment could not be written; the next start reads it again.');
      reportBug(error);
    },
  };
}

export interface HostParts extends Audit {
  readonly store: TraceStore;
  readonly touched: TouchedTraces;
  readonly plugins: PluginDesk;
  readonly corpus: CorpusDesk;
  readonly costs: CostDesk;
  readonly search: SearchDesk;
  readonly intake: Intake;
  readonly cleaner: Cleaner;
  readonly board: StatusBoard;
  readonly settings: SettingsStore;
  readonly importer: Importer;
  /** What became of imports that a crash broke off, for a person. */
  readonly resumed: readonly string[];
  readonly reports: ReportShelf;
  readonly budget: BodyBudget;
  readonly startedAt: string;
  readonly token: string;
  readonly dataDirectory: string;
  /** Empty until both listen. */
  readonly addresses: { ingest: string; ui: string };
}

/** What sessions may ask of. */
export function makeWorkbench(parts: HostParts): Workbench {
  const {
    store,
    board,
    settings,
    importer,
    token,
    cleaner,
    reports,
    touched,
    plugins,
    corpus,
    search,
    intake,
  } = parts;
  return {
    store,
    board,
    settings,
    cleaner,
    reports,
    plugins,
    corpus,
    search,
    intake: intake.desk,
    audit: parts.audit,
    holds: parts.holds,
    touched,
    isToken: (text) => isSameToken(text, token),
    readStatus: () => readStatus(parts),
    readHealth: () => readHealth(parts),
    costs: parts.costs,
    importPaths: (importId, paths, bringBack) => importer.importPaths(importId, paths, bringBack),
    cancelImport: (importId) => {
      importer.cancel(importId);
    },
    onImportProgress: (listener) => importer.onProgress(listener),
  };
}

async function readStatus({
  store,
  resumed,
  board,
  dataDirectory,
  addresses,
}: HostParts): Promise<HostStatus> {
  return {
    version: VERSION,
    journalId: store.journalId,
    ingest: addresses.ingest,
    dataDirectory,
    traces: store.library.traceCount,
    spans: store.library.spanCount,
    bytesOnDisk: await store.bytesOnDisk(),
    ...board.counts,
    notices: [...store.notices, ...resumed],
  };
}

/** Behind whatever asks of them. */
export async function closeHostParts({ intake, audit, costs, plugins, store }: HostParts): Promise<void> {
  await intake.close();
  await audit.close();
  costs.stop();
  await plugins.close();
  await store.close();
}
