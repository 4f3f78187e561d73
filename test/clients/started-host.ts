/** A host inside the test's process, with an eye on what it knows: what a traced program has to reach. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { TraceSummary } from '../../core/model/trace-summary.ts';
import type { SpanDetail } from '../../core/rpc/contract.ts';
import { connectToHost } from '../../electron/host/client/host-client.ts';
import { startHost } from '../../electron/host/host.ts';

export interface StartedHost {
  /** The door's base URL. */
  readonly ingest: string;
  list(): Promise<readonly TraceSummary[]>;
  /** The full records of a trace's spans, by start. */
  spansOf(traceId: string): Promise<readonly SpanDetail[]>;
  close(): Promise<void>;
}

/** Starts over a data directory, on free ports; closed at the end of the test at the latest. */
export async function startTestHost(dataDirectory: string): Promise<StartedHost> {
  const started = await startHost({
    ...{ dataDirectory, ingestPort: 0, uiPort: 0, rendererDirectory: join(dataDirectory, 'page') },
  });
  if (started.kind === 'held') throw new Error('the directory of the test has another owner');
  const { host } = started;
  const client = await connectToHost(host);
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= client.close().then(() => host.close()));
  onTestFinished(close);
  return {
    ingest: host.ingest,
    list: () => client.list(undefined),
    spansOf: async (traceId) => {
      const spans = (await client.findTrace(traceId))?.spans;
      const ids = Array.from({ length: spans?.length ?? 0 }, (_, row) => spans?.spanId(row) ?? '');
      return await client.readSpans(traceId, ids);
    },
    close,
  };
}
