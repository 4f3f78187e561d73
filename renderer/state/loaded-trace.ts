/** A trace as the page holds it: the host's folded spans, and what follows from them. */
import { readDrawnRows } from '../../core/flame/drawn-rows-bytes.ts';
import { linkSpans } from '../../core/analysis/span-tree.ts';
import type { Diagnostic } from '../../core/model/diagnostic.ts';
import { SpanIdIndex } from '../../core/model/span-id-index.ts';
import { decodeSpanTable } from '../../core/model/span-table-bytes.ts';
import type { SpanTable } from '../../core/model/span-table.ts';
import type { DurationUs } from '../../core/model/time.ts';
import type { TraceSummary } from '../../core/model/trace-summary.ts';
import type { TraceOpened } from '../../core/rpc/contract.ts';
import { changeRows } from '../charts/flame/change-rows.ts';
import { buildFlameModel, joinModel, type FlameModel } from '../charts/flame/model.ts';
import { buildSketchModel } from '../charts/flame/sketch-model.ts';
import type { FlameLine } from '../charts/flame/worker/flame-line.ts';

export interface LoadedTrace {
  readonly summary: TraceSummary;
  readonly diagnostics: readonly Diagnostic[];
  readonly clockOffsetUs: DurationUs;
  readonly model: FlameModel;
  readonly index: SpanIdIndex;
  /** To the worker that holds the same trace and paints it; absent: the page does both itself. */
  readonly line?: FlameLine | undefined;
  /** Only the first picture is there: the model holds the bars that are seen, and nothing else is known of them. */
  readonly sketch?: true;
}

/** The first picture of a trace whose spans are still on their way. */
export function sketchTrace(line: FlameLine, opened: TraceOpened, bytes: Uint8Array): LoadedTrace {
  const model = buildSketchModel(readDrawnRows(bytes).drawn);
  return { ...join(opened, model, indexLate(model.table), line), sketch: true };
}

/** Reads what `trace.open` answered. */
export function loadTrace(opened: TraceOpened, bytes: Uint8Array): LoadedTrace {
  const table = decodeSpanTable(bytes);
  return join(opened, buildFlameModel(table, linkSpans(table)), indexLate(table));
}

/**
 * The same; tree, times and rows are made by the worker, while this thread stays free. The worker is given the
 * bytes themselves: they are gone afterwards.
 */
export async function loadTraceBy(
  line: FlameLine,
  opened: TraceOpened,
  bytes: Uint8Array,
): Promise<LoadedTrace> {
  const table = decodeSpanTable(bytes);
  try {
    return join(opened, joinModel(table, await line.open(bytes)), indexLate(table), line);
  } catch (error) {
    // Without its worker the page does all itself: slower, but it shows the trace.
    const diagnostics = [...opened.diagnostics, describeLoss(error)];
    return join({ ...opened, diagnostics }, buildFlameModel(table, linkSpans(table)), indexLate(table));
  }
}

function describeLoss(error: unknown): Diagnostic {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'flame-worker',
    severity: 'info',
    message: `This trace is drawn without its worker, which failed: ${reason}`,
  };
}

/** Indexed when first asked: who only looks at the picture needs no ids. */
function indexLate(table: SpanTable): () => SpanIdIndex {
  let index: SpanIdIndex | undefined;
  return () => (index ??= SpanIdIndex.of(table));
}

/**
 * Lays changed rows over a loaded trace: a known span is replaced where it stands, a new one is appended.
 * The table is the page's own and is changed in place; the result is a new object all the same.
 */
export function changeTrace(loaded: LoadedTrace, opened: TraceOpened, bytes: Uint8Array): LoadedTrace {
  const table = changeTable(loaded, [bytes]);
  return join(opened, buildFlameModel(table, linkSpans(table)), () => loaded.index);
}

/** The same by the worker that holds the trace; the page's own table changes when it has answered. */
export async function changeTraceBy(
  line: FlameLine,
  loaded: LoadedTrace,
  opened: TraceOpened,
  changes: readonly Uint8Array[],
): Promise<LoadedTrace> {
  const derived = await line.change(changes);
  return join(opened, joinModel(changeTable(loaded, changes), derived), () => loaded.index, line);
}

function changeTable({ model, index }: LoadedTrace, changes: readonly Uint8Array[]): SpanTable {
  for (const bytes of changes) changeRows(model.table, index, decodeSpanTable(bytes));
  return model.table;
}

function join(
  { summary, diagnostics, clockOffsetUs }: TraceOpened,
  model: FlameModel,
  findIndex: () => SpanIdIndex,
  line?: FlameLine,
): LoadedTrace {
  return {
    summary,
    diagnostics,
    clockOffsetUs,
    model,
    get index() {
      return findIndex();
    },
    line,
  };
}
