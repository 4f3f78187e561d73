/** The traces of a plugin's fixture with everything that a plugin could ask of them, read once and held. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../../../core/model/time.ts';
import { isMissing } from '../../system-error.ts';
import { PluginFault } from '../plugin-fault.ts';
import type { WholeTrace } from '../project-trace.ts';
import type { Fixture } from './run-once.ts';
import { withStoredFiles } from './stored-files.ts';

/** Rejects with a `PluginFault`. */
export async function readFixture(folder: string, name: string, clock: Clock): Promise<Fixture> {
  const path = join(folder, name);
  try {
    await stat(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new PluginFault(`There is no ${name} beside plugin.json: traces to run the plugin on.`, error);
  }
  return await withStoredFiles([path], clock, async ({ traceIds, openTrace, readRecords }) => {
    if (traceIds.length === 0) throw new PluginFault(`${name} holds no trace.`);
    const traces = traceIds.map((traceId) => holdRecords(openTrace(traceId)));
    return { traces, records: await readRecords(), nowUs: clock() };
  });
}

/** Its records are read now: what they were stored in goes. */
function holdRecords({ recordOf, ...trace }: WholeTrace): WholeTrace {
  const { spans, tree } = trace;
  const ids = Array.from(tree.preorder, (row) => spans.spanId(row));
  const records = new Map(ids.map((id) => [id, recordOf?.(id)]));
  return { ...trace, recordOf: (spanId) => records.get(spanId) };
}
