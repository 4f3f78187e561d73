/** `delete`: traces out of the library, through the running host or straight in the journal. */
import type { QueryNode } from '../../core/query/query-tree.ts';
import type { CleanupScope } from '../../core/rpc/cleanup.ts';
import { countText } from '../../core/analysis/count-text.ts';
import { cleanUpWithoutHost } from '../../electron/host/cleanup/clean-up-without-host.ts';
import type { CleanupAnswer } from '../../electron/host/cleanup/preview-and-apply.ts';
import { findRunningHost, openTraceSource } from '../../electron/host/client/open-trace-source.ts';
import { findDataDirectory } from '../../electron/host/data-directory.ts';
import { systemClock } from '../../electron/host/host.ts';
import { ExitCode, print, printJson, say } from '../output.ts';
import { readQueryOption } from '../query-option.ts';

export interface DeleteOptions {
  readonly data?: string;
  readonly olderThan?: number;
  readonly downTo?: number;
  readonly query?: string;
  readonly dryRun?: boolean;
  readonly keepAway?: boolean;
  readonly json?: boolean;
}

export async function deleteTraces(ids: readonly string[], options: DeleteOptions): Promise<ExitCode> {
  const tree = options.query === undefined ? undefined : readQueryOption(options.query);
  if (options.query !== undefined && tree === undefined) return ExitCode.usage;
  if (tree?.kind === 'all') {
    say('An empty query would mean every trace; write id:* for that.');
    return ExitCode.usage;
  }
  if (tree !== undefined && ids.length > 0) {
    say('Name traces or give a query, not both.');
    return ExitCode.usage;
  }
  const directory = findDataDirectory(options.data);
  const traceIds = tree === undefined ? [...new Set(ids)] : await findQueried(directory, tree);
  const scope = readScope(tree === undefined && traceIds.length === 0 ? undefined : traceIds, options);
  if (scope === undefined) {
    say('Name traces, or give one of --query, --older-than and --down-to.');
    return ExitCode.usage;
  }
  const { dryRun = false, keepAway = false, json = false } = options;
  const answer = await cleanUp(directory, scope, keepAway, dryRun);
  if (answer === undefined) {
    say('Another process is writing to this data directory; try again when it is done.');
    return ExitCode.partial;
  }
  const { traces, spans, bytes, held = 0 } = answer;
  const missing = scope.kind === 'traces' ? traceIds.length - traces - held : 0;
  if (json) await printJson({ dryRun, traces, spans, bytes, missing, ...(held > 0 && { held }) });
  else await print(describe(answer, dryRun));
  if (missing > 0) say(`The library has no trace for ${countText(missing, 'id')}.`);
  if (held > 0) {
    say(
      `${countText(held, 'trace')} under a legal hold stayed; \`tracebench hold list\` says which and why.`,
    );
  }
  return missing + held > 0 ? ExitCode.partial : ExitCode.done;
}

function describe({ traces, spans, bytes }: CleanupAnswer, dryRun: boolean): string {
  const what = `${countText(traces, 'trace')} (${countText(spans, 'span')}, ${countText(bytes, 'byte')})`;
  return dryRun ? `Would delete ${what}. Nothing was changed.\n` : `Deleted ${what}.\n`;
}

function readScope(
  traceIds: readonly string[] | undefined,
  { olderThan, downTo }: DeleteOptions,
): CleanupScope | undefined {
  const scopes: readonly CleanupScope[] = [
    ...(traceIds === undefined ? [] : [{ kind: 'traces', traceIds } as const]),
    ...(olderThan === undefined ? [] : [{ kind: 'older-than', seconds: olderThan } as const]),
    ...(downTo === undefined ? [] : [{ kind: 'down-to', bytes: downTo } as const]),
  ];
  return scopes.length === 1 ? scopes[0] : undefined;
}

async function findQueried(directory: string, tree: QueryNode): Promise<readonly string[]> {
  const source = await openTraceSource(directory, process.env['TRACEBENCH_URL'], systemClock);
  try {
    return [...(await source.query(tree))];
  } finally {
    await source.close();
  }
}

async function cleanUp(
  directory: string,
  scope: CleanupScope,
  keepAway: boolean,
  dryRun: boolean,
): Promise<CleanupAnswer | undefined> {
  const host = await findRunningHost(directory, process.env['TRACEBENCH_URL'], 'toWrite');
  if (host === undefined)
    return await cleanUpWithoutHost(directory, scope, { keepAway, dryRun }, systemClock);
  try {
    return await host.cleanUp(scope, { keepAway, dryRun });
  } finally {
    await host.close();
  }
}
