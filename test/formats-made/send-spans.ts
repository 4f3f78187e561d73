/** Runs a program whose spans go to the door of a host over OTLP, and gives what the host then knows. */
import type { TestContext } from 'vitest';
import { objectAt, stringAt, type JsonObject } from '../../core/model/json.ts';
import type { TraceSummary } from '../../core/model/trace-summary.ts';
import { startTestHost } from '../clients/started-host.ts';
import type { PythonSearch } from '../clients/python/find-python.ts';
import { makeTemporaryDirectory } from '../electron/host/temporary-directory.ts';
import { runProgram, type ProgramRun } from './run-program.ts';

export interface SentSpans {
  readonly traces: readonly TraceSummary[];
  /** `span_data` of the spans of a type, by start. */
  data(type: string): readonly JsonObject[];
}

export async function sendSpans(
  context: TestContext,
  found: PythonSearch,
  program: string,
  { args = [], env = {} }: ProgramRun = {},
): Promise<SentSpans> {
  const host = await startTestHost(await makeTemporaryDirectory());
  await runProgram(context, found, program, {
    args,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: host.ingest, ...env },
  });
  const traces = await host.list();
  const all = await Promise.all(traces.map(({ id }) => host.spansOf(id)));
  const data = all
    .flat()
    .map(({ record }) => record)
    .toSorted((a, b) => ((stringAt(a, 'started_at') ?? '') < (stringAt(b, 'started_at') ?? '') ? -1 : 1))
    .map((record) => objectAt(record, 'span_data') ?? {});
  return { traces, data: (type) => data.filter((each) => each['type'] === type) };
}
