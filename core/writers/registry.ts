/** Every target of an export. A new one is its own file, its test, and one line here. */
import { agentsJsonl } from './agents-jsonl.ts';
import { bundle } from './bundle.ts';
import { chromeTraceTarget } from './chrome/chrome-trace.ts';
import type { ExportTarget } from './exported-trace.ts';
import { otlpJsonTarget } from './otlp/otlp-json.ts';
import { spanCsv } from './span-csv.ts';
import { textTree } from './text-tree.ts';
import { traceCsv } from './trace-csv.ts';

export const EXPORT_TARGETS: readonly ExportTarget[] = [
  bundle,
  agentsJsonl,
  otlpJsonTarget,
  chromeTraceTarget,
  spanCsv,
  traceCsv,
  textTree,
];

export function findTarget(name: string): ExportTarget | undefined {
  return EXPORT_TARGETS.find((target) => target.name === name);
}
