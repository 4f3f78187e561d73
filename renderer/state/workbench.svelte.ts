/** All that the page knows, put together once. Panels are given the parts they show. */
import type { StoreLine } from '../store/feeding-messages.ts';
import { makeLayOut } from '../charts/map/layout-line.ts';
import { startFlameWorker } from '../charts/flame/worker/flame-line.ts';
import { findDesktopShell, openShellLine, openShellPort } from './desktop-shell.ts';
import { ImportReports } from './import-reports.svelte.ts';
import { Imports } from './imports.svelte.ts';
import { Library } from './library.svelte.ts';
import { LibraryFeed } from './library-feed.svelte.ts';
import { Link } from './link.svelte.ts';
import { AuditWatch } from './audit-watch.svelte.ts';
import { Cleanup } from './cleanup.svelte.ts';
import { Comparison } from './comparison.svelte.ts';
import { ContentSearch } from './content-search.svelte.ts';
import { Corpus } from './corpus.svelte.ts';
import { FindingBoard } from './finding-board.svelte.ts';
import { Exports } from './exports.svelte.ts';
import { HealthWatch } from './health.svelte.ts';
import { OwnSettings } from './own-settings.svelte.ts';
import { OpenTrace } from './open-trace.svelte.ts';
import { Route } from './route.svelte.ts';
import { Notes } from './notes.svelte.ts';
import { PluginWork } from './plugin-work.svelte.ts';
import { Plugins } from './plugins.svelte.ts';
import { PolicyTrials } from './policy-trials.svelte.ts';
import { Prices } from './prices.svelte.ts';
import { WhatIfQuestion } from './what-if.svelte.ts';
import { ReadingChoice } from './reading.svelte.ts';
import { SaidOfTrace } from './said-of-trace.svelte.ts';
import { SpanInspection } from './span-inspection.svelte.ts';
import { SpanRecords } from './span-records.svelte.ts';
import { startStoreWorker } from './store-port.ts';
import { Theme } from './theme.svelte.ts';
import { TraceSearch } from './trace-search.svelte.ts';
import { takeToken, watchToken } from './token.ts';

export class Workbench {
  /** The desktop shell around the page; undefined in a browser. */
  readonly shell = findDesktopShell();
  readonly link: Link;
  readonly library: Library;
  readonly feed: LibraryFeed;
  readonly openTrace: OpenTrace;
  readonly inspection: SpanInspection;
  readonly comparison: Comparison;
  readonly corpus: Corpus;
  readonly contentSearch: ContentSearch;
  /** Lays graphs out beside the page. */
  readonly layOut = makeLayOut();
  readonly notes: Notes;
  readonly reading = new ReadingChoice();
  readonly search = new TraceSearch();
  readonly records: SpanRecords;
  readonly plugins: Plugins;
  readonly pluginWork: PluginWork;
  readonly findings: FindingBoard;
  readonly said: SaidOfTrace;
  readonly trials: PolicyTrials;
  readonly prices: Prices;
  readonly whatIf: WhatIfQuestion;
  readonly imports: Imports;
  readonly route: Route;
  readonly theme = new Theme();
  readonly settings: OwnSettings;
  readonly healthWatch: HealthWatch;
  readonly cleanup: Cleanup;
  readonly audit: AuditWatch;
  readonly exports: Exports;
  readonly reports: ImportReports;

  constructor() {
    const { shell } = this;
    const token = takeToken();
    watchToken(() => {
      location.reload();
    });
    this.route = new Route();
    const socketUrl = `ws://${location.host}/rpc`;
    // The shell has let this page in already: it needs no token.
    this.link = shell ? new Link(() => openShellLine(shell), '') : new Link(socketUrl, token);
    const store = startStoreWorker();
    this.library = new Library(store);
    this.feed = new LibraryFeed(this.link, store, async (): Promise<StoreLine | undefined> => {
      if (shell) return { kind: 'port', port: await openShellPort(shell) };
      return token === undefined ? undefined : { kind: 'socket', url: socketUrl, token };
    });
    this.openTrace = new OpenTrace(this.link, (traceId) => this.feed.readTrace(traceId), startFlameWorker());
    this.inspection = new SpanInspection(this.link);
    this.comparison = new Comparison(this.link);
    this.corpus = new Corpus(this.link);
    this.contentSearch = new ContentSearch(this.link);
    this.notes = new Notes(this.link);
    this.records = new SpanRecords(this.link);
    this.plugins = new Plugins(this.link);
    this.pluginWork = new PluginWork(this.link);
    this.findings = new FindingBoard(this.link);
    this.said = new SaidOfTrace(this.link);
    this.trials = new PolicyTrials(this.link);
    this.prices = new Prices(this.link);
    this.whatIf = new WhatIfQuestion(this.link);
    this.imports = new Imports(
      this.link,
      () => crypto.randomUUID(),
      (file) => shell?.pathOf(file) ?? '',
    );
    this.settings = new OwnSettings(this.link, this.theme);
    this.cleanup = new Cleanup(this.link);
    this.audit = new AuditWatch(this.link);
    this.exports = new Exports(this.link, () => this.feed.views);
    this.reports = new ImportReports(this.link);
    this.healthWatch = new HealthWatch(this.link);
    this.link.start();
  }
}
