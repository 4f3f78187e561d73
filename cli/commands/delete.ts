/** `delete`: traces out of the library, through the running host or straight in the journal. */
import type { CleanupScope } from '../../core/rpc/cleanup.ts';
import { countText } from '../../core/analysis/count-text.ts';
import { cleanUpWithoutHost } from '../../electron/host/cleanup/clean-up-without-host.ts';
import type { CleanupAnswer } from '../../electron/host/cleanup/preview-and-apply.ts';
import { findRunningHost } from '../../electron/host/client/open-trace-source.ts';
import { findDataDirectory } from '../../electron/host/data-directory.ts';
import { systemClock } from '../../electron/host/host.ts';
import { ExitCode, print, printJson, say } from '../output.ts';

export interface DeleteOptions {
  readonly data?: string;
  readonly olderThan?: number;
  readonly downTo?: number;
  readonly dryRun?: boolean;
  readonly keepAway?: boolean;
  readonly json?: boolean;
}

export async function deleteTraces(ids: readonly string[], options: DeleteOptions): Promise<ExitCode> {
  const traceIds = [...new Set(ids)];
  const scope = readScope(traceIds, options);
  if (scope === undefined) {
    say('Name traces, or give one of --older-than and --down-to.');
    return ExitCode.usage;
  }
  const { dryRun = false, keepAway = false, json = false } = options;
  const answer = await cleanUp(findDataDirectory(options.data), scope, keepAway, dryRun);
  if (answer === undefined) {
    say('Another process is writing to this data directory; try again when it is done.');
    return ExitCode.partial;
  }
  const missing = scope.kind === 'traces' ? traceIds.length - answer.traces : 0;
  const { traces, spans, bytes } = answer;
  if (json) await printJson({ dryRun, traces, spans, bytes, missing });
  else await print(describe(answer, dryRun));
  if (missing > 0) say(`The library has no trace for ${countText(missing, 'id')}.`);
  return missing > 0 ? ExitCode.partial : ExitCode.done;
}

function describe({ traces, spans, bytes }: CleanupAnswer, dryRun: boolean): string {
  const what = `${countText(traces, 'trace')} (${countText(spans, 'span')}, ${countText(bytes, 'byte')})`;
  return dryRun ? `Would delete ${what}. Nothing was changed.\n` : `Deleted ${what}.\n`;
}

function readScope(
  traceIds: readonly string[],
  { olderThan, downTo }: DeleteOptions,
): CleanupScope | undefined {
  const scopes: readonly CleanupScope[] = [
    ...(traceIds.length === 0 ? [] : [{ kind: 'traces', traceIds } as const]),
    ...(olderThan === undefined ? [] : [{ kind: 'older-than', seconds: olderThan } as const]),
    ...(downTo === undefined ? [] : [{ kind: 'down-to', bytes: downTo } as const]),
  ];
  return scopes.length === 1 ? scopes[0] : undefined;
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
