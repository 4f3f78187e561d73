/** The sample library, brought into a running host. */
import { fileURLToPath } from 'node:url';
import { runCliJson, type RunningHost } from './harness.ts';
import { tracesOf } from './truth.ts';

const SAMPLE = fileURLToPath(new URL('../../resources/sample/sample.jsonl', import.meta.url));

/** Ids of its traces by the names of their workflows. */
export async function importSample(host: RunningHost): Promise<ReadonlyMap<string, string>> {
  await runCliJson(['import', SAMPLE, '--data', host.data]);
  const traces = tracesOf(await runCliJson(['list', '--data', host.data]));
  return new Map(traces.map(({ workflowName, id }) => [workflowName, id]));
}
