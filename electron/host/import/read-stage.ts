/** Reads a stage: whether it was read to its end, and what it holds for the journal, in order. */
import { open, type FileHandle } from 'node:fs/promises';
import { isJsonObject, ownAt, stringAt } from '../../../core/model/json.ts';
import { openSegmentBeside } from './open-staged-segment.ts';
import type { StagedSegment } from '../journal/staged-segment.ts';
import { decodeBatch } from '../records/batch-bytes.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import { isFileReport } from '../reports/is-file-report.ts';
import type { BundledReport } from './bundle-source.ts';
import { DamagedStageError } from './damaged-stage.ts';
import type { StagePlan } from './stage-file.ts';
import { FRAME, FRAME_HEAD_BYTES, readFrameBytes, readFrameHead, type FrameHead } from './stage-frames.ts';

/** What a stage holds: `undefined` in place of its plan where it was not read to its end, or is damaged. */
export interface Stage {
  readonly path: string;
  readonly bytes: number;
  readonly plan: StagePlan | undefined;
  /** What became of the file; undefined where that cannot be read. */
  readonly report?: BundledReport | undefined;
}

/** Looks at a stage: only its frames' lengths and its end, so that a large one costs little. */
export async function lookAtStage(path: string): Promise<Stage> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    let plan: StagePlan | undefined;
    for (let at = 0; at < size;) {
      const frame = await readFrameHead(handle, at);
      if (frame === undefined) break;
      const from = at + FRAME_HEAD_BYTES;
      if (at === 0) plan = await readPlan(handle, from, frame);
      at = from + frame.length;
      if (frame.kind !== FRAME.end || at !== size) continue;
      return { path, bytes: size, plan, report: await readReport(handle, from, frame) };
    }
    return { path, bytes: size, plan: undefined };
  } finally {
    await handle.close();
  }
}

/** A part of a stage, and after how many bytes of it the part ends. */
export type StagePart =
  | { readonly kind: 'batch'; readonly batch: RecordBatch; readonly bytesRead: number }
  | { readonly kind: 'segment'; readonly segment: StagedSegment; readonly bytesRead: number };

/** The parts of a stage that ended, but for segments that the journal has taken over. Throws where one is damaged. */
export async function* readStage(path: string): AsyncGenerator<StagePart> {
  const handle = await open(path, 'r');
  try {
    for (let at = 0; ;) {
      const frame = await readFrameHead(handle, at);
      if (frame === undefined) throw new DamagedStageError('a stage ends in the middle of a frame');
      const from = at + FRAME_HEAD_BYTES;
      at = from + frame.length;
      if (frame.kind === FRAME.end) return;
      if (frame.kind === FRAME.plan) continue;
      const bytes = await readFrameBytes(handle, from, frame);
      if (bytes === undefined) throw new DamagedStageError('a frame of a stage is damaged');
      if (frame.kind === FRAME.batch) yield { kind: 'batch', batch: decodeBatch(bytes), bytesRead: at };
      else {
        const segment = await openSegmentBeside(path, bytes);
        if (segment !== undefined) yield { kind: 'segment', segment, bytesRead: at };
      }
    }
  } finally {
    await handle.close();
  }
}

async function readReport(
  handle: FileHandle,
  from: number,
  frame: FrameHead,
): Promise<BundledReport | undefined> {
  const value = parse(await readFrameBytes(handle, from, frame));
  return isFileReport(value) ? value : undefined;
}

async function readPlan(handle: FileHandle, from: number, frame: FrameHead): Promise<StagePlan | undefined> {
  const value = parse(await readFrameBytes(handle, from, frame));
  if (!isJsonObject(value)) return undefined;
  const path = stringAt(value, 'path');
  return path === undefined ? undefined : { path, bringBack: ownAt(value, 'bringBack') === true };
}

/** Undefined where the bytes are no JSON. */
function parse(bytes: Buffer | undefined): unknown {
  if (bytes === undefined) return undefined;
  try {
    return JSON.parse(bytes.toString()) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
