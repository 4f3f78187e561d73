/** The door of a real host beside the server that only parses and drops. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { numberAt } from '../../core/model/json.ts';
import { startHost } from '../running-host/running-host.ts';
import type { CorpusFile } from './corpus-file.ts';
import type { IngestFigures, MegaBytes } from './figures.ts';
import { postFile, type LoadResult } from './load.ts';
import { median, quantile } from './median.ts';
import { peakOf } from './peak-memory.ts';
import { endRole, startRole } from './roles.ts';

/** A server that has just started compiles as it runs; this much is posted before anything is timed. */
export interface WarmUp {
  readonly path: string;
}

export async function measureIngest(
  program: string,
  corpus: CorpusFile,
  warmUp: WarmUp,
  connections: number,
  runs: number,
): Promise<IngestFigures> {
  const dropped: LoadResult[] = [];
  const ingested: LoadResult[] = [];
  const peaks: MegaBytes[] = [];
  for (let run = 0; run < runs; run++) {
    dropped.push(await postToDropServer(program, corpus, warmUp, connections));
    const { result, peakMb } = await postToHost(corpus, warmUp, connections);
    ingested.push(result);
    if (peakMb !== undefined) peaks.push(peakMb);
  }
  const perSecond = (results: readonly LoadResult[]): number =>
    corpus.spans / (median(results.map(({ ms }) => ms)) / 1000);
  const latenciesMs = ingested.flatMap((result) => result.latenciesMs);
  return {
    connections,
    dropSpansPerSecond: perSecond(dropped),
    spansPerSecond: perSecond(ingested),
    share: perSecond(ingested) / perSecond(dropped),
    p50Ms: quantile(latenciesMs, 0.5),
    p95Ms: quantile(latenciesMs, 0.95),
    peakMb: peaks.length === 0 ? null : Math.max(...peaks),
  };
}

async function postToDropServer(
  program: string,
  { path }: CorpusFile,
  warmUp: WarmUp,
  connections: number,
): Promise<LoadResult> {
  const server = startRole(program, { role: 'drop-server', args: [] });
  const url = `http://127.0.0.1:${numberAt(await server.said, 'port') ?? 0}`;
  await postFile({ url, path: warmUp.path, connections });
  const result = await postFile({ url, path, connections });
  await endRole(server);
  return result;
}

async function postToHost(
  { path }: CorpusFile,
  warmUp: WarmUp,
  connections: number,
): Promise<{ readonly result: LoadResult; readonly peakMb: MegaBytes | undefined }> {
  const data = await mkdtemp(join(tmpdir(), 'tracebench-bench-'));
  const host = await startHost({ data });
  try {
    await postFile({ url: host.ingest, path: warmUp.path, connections });
    const result = await postFile({ url: host.ingest, path, connections });
    return { result, peakMb: peakOf(host.pid) };
  } finally {
    await host.stop();
    await rm(data, { recursive: true, force: true });
  }
}
