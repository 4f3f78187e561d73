/** `list`: the traces of the library, the newest first. */
import { durationText } from '../../core/analysis/duration-text.ts';
import type { TraceSummary } from '../../core/model/trace-summary.ts';
import { openTraceSource } from '../../electron/host/client/open-trace-source.ts';
import { findDataDirectory } from '../../electron/host/data-directory.ts';
import { systemClock } from '../../electron/host/host.ts';
import { ExitCode, formatTable, print, printJsonList, say } from '../output.ts';

export interface ListOptions {
  readonly data?: string;
  readonly limit?: number;
  readonly json?: boolean;
}

export async function list(options: ListOptions): Promise<ExitCode> {
  const directory = findDataDirectory(options.data);
  const source = await openTraceSource(directory, process.env['TRACEBENCH_URL'], systemClock);
  try {
    for (const notice of source.notices) say(notice);
    const traces = await source.list(options.limit);
    if (options.json === true) await printJsonList({}, 'traces', traces);
    else if (traces.length === 0) say('No traces yet. Run `serve`, or import files.');
    else await print(formatTable([HEAD, ...traces.map(rowOf)]));
  } finally {
    await source.close();
  }
  return ExitCode.done;
}

/** The heads of the columns of `rowOf`. */
export const HEAD = ['STARTED', 'STATUS', 'SPANS', 'ERRORS', 'TOKENS', 'DURATION', 'WORKFLOW', 'TRACE'];

/** One trace as the cells of a line; `analyze` prints the same. */
export function rowOf(trace: TraceSummary): readonly string[] {
  return [
    trace.startedAt.slice(0, 19).replace('T', ' '),
    trace.status.replace('_', ' '),
    String(trace.spans),
    String(trace.errors),
    trace.tokens.total === null ? '-' : String(trace.tokens.total),
    durationText(trace.durationMs * 1000),
    trace.workflowName || '-',
    trace.id,
  ];
}
