/** A trace as the page holds it: the host's folded spans, and what follows from them. */
import { linkSpans } from '../../core/analysis/span-tree.ts';
import type { Diagnostic } from '../../core/model/diagnostic.ts';
import { SpanIdIndex } from '../../core/model/span-id-index.ts';
import { decodeSpanTable } from '../../core/model/span-table-bytes.ts';
import { COLUMN_NAMES, type SpanTable } from '../../core/model/span-table.ts';
import { at } from '../../core/model/assert.ts';
import type { DurationUs } from '../../core/model/time.ts';
import type { TraceSummary } from '../../core/model/trace-summary.ts';
import type { TraceOpened } from '../../core/rpc/contract.ts';
import { buildFlameModel, type FlameModel } from '../charts/flame/model.ts';

export interface LoadedTrace {
  readonly summary: TraceSummary;
  readonly diagnostics: readonly Diagnostic[];
  readonly clockOffsetUs: DurationUs;
  readonly model: FlameModel;
  readonly index: SpanIdIndex;
}

/** Reads what `trace.open` answered. */
export function loadTrace(opened: TraceOpened, bytes: Uint8Array): LoadedTrace {
  const table = decodeSpanTable(bytes);
  return derive(opened, table, SpanIdIndex.of(table));
}

/**
 * Lays changed rows over a loaded trace: a known span is replaced where it stands, a new one is appended.
 * The table is the page's own and is changed in place; the result is a new object all the same.
 */
export function changeTrace(loaded: LoadedTrace, opened: TraceOpened, bytes: Uint8Array): LoadedTrace {
  const { table } = loaded.model;
  const changed = decodeSpanTable(bytes);
  for (let row = 0; row < changed.length; row++) {
    const next = table.appendFrom(changed, row, 0);
    const known = loaded.index.add(next);
    if (known < 0) continue;
    const { columns } = table;
    for (const name of COLUMN_NAMES) columns[name][known] = at(columns[name], next);
    table.truncate(next);
  }
  return derive(opened, table, loaded.index);
}

function derive(opened: TraceOpened, table: SpanTable, index: SpanIdIndex): LoadedTrace {
  const { summary, diagnostics, clockOffsetUs } = opened;
  return { summary, diagnostics, clockOffsetUs, model: buildFlameModel(table, linkSpans(table)), index };
}
