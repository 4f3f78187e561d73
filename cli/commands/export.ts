/** `export`: traces of the library as a file in any of the formats, or what would leave in one. */
import { visible } from '../../core/analysis/text-view.ts';
import type { TraceSummary } from '../../core/model/trace-summary.ts';
import { ALL, type QueryNode } from '../../core/query/query-tree.ts';
import type { ExportWish } from '../../core/rpc/export.ts';
import { openTraceSource } from '../../electron/host/client/open-trace-source.ts';
import type { TraceSource } from '../../electron/host/client/trace-source.ts';
import { findDataDirectory } from '../../electron/host/data-directory.ts';
import { systemClock } from '../../electron/host/host.ts';
import { sayExport, writeExport } from '../exported-file.ts';
import { ExitCode, printJson, say } from '../output.ts';
import { readQueryOption } from '../query-option.ts';
import { listQueried } from './list.ts';

export interface ExportOptions {
  readonly to: string;
  readonly withhold?: readonly string[];
  readonly out?: string;
  readonly all?: boolean;
  readonly query?: string;
  readonly workflow?: string;
  readonly group?: string;
  readonly status?: string;
  readonly since?: string;
  readonly until?: string;
  readonly preview?: boolean;
  readonly data?: string;
}

export async function exportTraces(given: readonly string[], options: ExportOptions): Promise<ExitCode> {
  const tree = options.query === undefined ? ALL : readQueryOption(options.query);
  if (tree === undefined) return ExitCode.usage;
  const directory = findDataDirectory(options.data);
  const source = await openTraceSource(directory, process.env['TRACEBENCH_URL'], systemClock);
  try {
    const traceIds = await chooseTraces(source, given, options, tree);
    if (traceIds === undefined) {
      say(
        'Name traces, or say which with --all, --query, --workflow, --group, --status, --since or --until.',
      );
      return ExitCode.usage;
    }
    const wish: ExportWish = { traceIds, to: options.to, rules: options.withhold ?? [], views: [] };
    if (options.preview === true) return await preview(source, wish);
    const exported = await source.exportTraces(wish);
    if (exported === undefined) {
      say('No trace has such an id. `list` shows those there are.');
      return ExitCode.partial;
    }
    for (const id of exported.unknown) say(`No trace has the id ${visible(id)}.`);
    if (!(await writeExport(exported.chunks, options.out))) return ExitCode.partial;
    const state = await exported.state();
    sayExport(state);
    return exported.unknown.length > 0 || state.phase !== 'done' ? ExitCode.partial : ExitCode.done;
  } finally {
    await source.close();
  }
}

async function preview(source: TraceSource, wish: ExportWish): Promise<ExitCode> {
  const found = await source.previewExport(wish);
  if (found === undefined) {
    say('No trace has such an id. `list` shows those there are.');
    return ExitCode.partial;
  }
  await printJson(found);
  return ExitCode.done;
}

/** Undefined where nothing says which. */
async function chooseTraces(
  source: TraceSource,
  given: readonly string[],
  options: ExportOptions,
  tree: QueryNode,
): Promise<readonly string[] | undefined> {
  if (given.length > 0) return given;
  const { query, workflow, group, status, since, until, all } = options;
  const isChosen = [query, workflow, group, status, since, until].some((one) => one !== undefined);
  if (all !== true && !isChosen) return undefined;
  const traces = await listQueried(source, tree);
  return traces.filter((trace) => matches(trace, options)).map(({ id }) => id);
}

function matches(trace: TraceSummary, { workflow, group, status, since, until }: ExportOptions): boolean {
  return (
    (workflow === undefined || trace.workflowName === workflow) &&
    (group === undefined || trace.groupId === group) &&
    (status === undefined || trace.status === status) &&
    // Texts of one form sort as times do.
    (since === undefined || trace.startedAt >= since) &&
    (until === undefined || trace.startedAt < until)
  );
}
