/**
 * The first half of an import: reads a source into a stage. It touches neither journal nor library, so it can run
 * in a thread of its own, be stopped at any time, or die.
 */
import { basename } from 'node:path';
import type { Clock } from '../../../core/model/time.ts';
import type { FileReport } from '../../../core/rpc/contract.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import { reportBundle } from './bundle-source.ts';
import type { ByteSource } from './file-source.ts';
import { FileReader } from './read-file.ts';
import { explainBreak, wordsOfBreak } from './explain-break.ts';
import { ImportGate, type ImportHost, type ImportRules } from '../intake/import-gate.ts';
import { StageWriter, type SegmentStaged, type StageLimits, type StagePlan } from './stage-file.ts';

/** How far the reading is. */
export interface ReadingProgress {
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly spans: number;
}

export interface ReadingTask extends StagePlan {
  /** Where the stage is written; a file that is not there. */
  readonly stagePath: string;
  readonly limits?: StageLimits | undefined;
  /** What guards the library; undefined while nothing does. */
  readonly rules?: ImportRules | undefined;
}

export interface ReadingParts {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ReadingProgress) => void;
  readonly onSegment?: SegmentStaged | undefined;
  /** Who asks plugins for the rules of the task. */
  readonly host?: ImportHost | undefined;
}

const PROGRESS_EVERY_MS = 100;

/** The report of what stands in the stage. undefined: it was stopped, and there is no stage. */
export async function stageSource(
  source: ByteSource,
  { stagePath, path, bringBack, limits, rules }: ReadingTask,
  { clock, signal, onProgress, onSegment, host }: ReadingParts,
): Promise<FileReport | undefined> {
  const stage = await StageWriter.create(stagePath, { path, bringBack }, limits, onSegment);
  try {
    const gate = rules && host && new ImportGate(rules, host);
    const name = basename(path);
    const reader = new FileReader(gate?.redactName(name) ?? name, clock);
    const tell = makeTeller(source, reader, onProgress);
    const chunks = readable(source, (error) => {
      reader.fail(explainBreak(error), wordsOfBreak(error));
    });
    for await (const chunk of chunks) {
      if (signal.aborted) break;
      await stageBatches(stage, gate, reader.push(chunk));
      tell(false);
    }
    if (signal.aborted) {
      reader.stop();
      await stage.discard();
      return undefined;
    }
    await stageBatches(stage, gate, reader.end());
    if (gate !== undefined) await stage.add(await gate.end());
    tell(true);
    const read = reportBundle(reader.report(path), source);
    const report = gate === undefined ? read : await gate.finish(read);
    await stage.end(report);
    return report;
  } catch (error) {
    await stage.discard();
    throw error;
  }
}

/** What was read before a damaged end is kept, and the report says so: only the source's own failures end it early. */
async function* readable(source: ByteSource, onBreak: (error: unknown) => void): AsyncGenerator<Buffer> {
  try {
    yield* source.chunks();
  } catch (error) {
    onBreak(error);
  }
}

/** The one way from a reader into a stage: whatever judges or changes what is imported stands here. */
async function stageBatches(
  stage: StageWriter,
  gate: ImportGate | undefined,
  batches: readonly RecordBatch[],
): Promise<void> {
  await stage.add(gate === undefined ? batches : await gate.take(batches));
}

function makeTeller(
  source: ByteSource,
  reader: FileReader,
  onProgress: (progress: ReadingProgress) => void,
): (last: boolean) => void {
  let toldMs = performance.now();
  return (last) => {
    const nowMs = performance.now();
    if (!last && nowMs - toldMs < PROGRESS_EVERY_MS) return;
    toldMs = nowMs;
    const { bytesRead, bytesTotal } = source;
    onProgress({ bytesRead, bytesTotal: Math.max(bytesTotal, bytesRead), spans: reader.spans });
  };
}
