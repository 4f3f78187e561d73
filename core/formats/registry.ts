/** Every format the workbench reads. A new one is its own file, its test, and one line here. */
import type { Json } from '../model/json.ts';
import type { ForeignFormat } from './foreign/foreign-format.ts';
import type { FileHead } from './foreign/file-head.ts';
import type { RecordFormat } from './format.ts';
import { chromeTrace } from './chrome/chrome-trace.ts';
import { collapsedStacks } from './collapsed/collapsed-stacks.ts';
import { deepevalTrace } from './deepeval/deepeval-trace.ts';
import { inspectLog } from './inspect/inspect-log.ts';
import { jaegerJson } from './jaeger/jaeger-json.ts';
import { langfuseIngestion } from './langfuse/langfuse-ingestion.ts';
import { langfuseTrace } from './langfuse/langfuse-trace.ts';
import { langsmithRuns } from './langsmith/langsmith-runs.ts';
import { mlflowTrace } from './mlflow/mlflow-trace.ts';
import { openaiAgents } from './openai-agents.ts';
import { otelConsole } from './otel-console/console-spans.ts';
import { otlpJson } from './otlp/otlp-json.ts';
import { otlpProtobuf } from './otlp/otlp-protobuf.ts';
import { phoenixSpans } from './phoenix/phoenix-spans.ts';
import { speedscopeProfile } from './speedscope/speedscope-profile.ts';
import { zipkinJson } from './zipkin/zipkin-json.ts';

/** Formats whose own records the journal keeps. */
export const RECORD_FORMATS: readonly RecordFormat[] = [openaiAgents];

/** Formats whose spans are converted to our own shape before the journal keeps them. */
export const FOREIGN_FORMATS: readonly ForeignFormat[] = [
  otlpJson,
  otlpProtobuf,
  jaegerJson,
  zipkinJson,
  langfuseTrace,
  langfuseIngestion,
  langsmithRuns,
  mlflowTrace,
  phoenixSpans,
  otelConsole,
  chromeTrace,
  speedscopeProfile,
  deepevalTrace,
  inspectLog,
  collapsedStacks,
];

/** The reader of a journal line by the name that its `$batch` line gives. Converted lines are of our own shape. */
export function findFormat(name: string): RecordFormat | undefined {
  const own = RECORD_FORMATS.find((format) => format.name === name);
  const foreign = own === undefined ? FOREIGN_FORMATS.find((format) => format.name === name) : undefined;
  return foreign === undefined ? own : convertedFormat(foreign);
}

/** Reads the items that a foreign format's spans were converted to. */
export function convertedFormat({ name, source }: Pick<ForeignFormat, 'name' | 'source'>): RecordFormat {
  return { ...openaiAgents, name, source };
}

/** The format that is surest of a record; undefined where none is, or where two are equally sure. */
export function detectFormat(record: Json): RecordFormat | undefined {
  const scores = RECORD_FORMATS.map((format) => ({ format, score: format.detectRecord(record) }));
  const best = Math.max(...scores.map(({ score }) => score));
  const winners = scores.filter(({ score }) => score === best);
  return best > 0 && winners.length === 1 ? winners[0]?.format : undefined;
}

/** How sure each foreign format is of a file, the surest first; those that are not sure at all are left out. */
export function rankForeign(
  head: FileHead,
): readonly { readonly format: ForeignFormat; readonly score: number }[] {
  return FOREIGN_FORMATS.map((format) => ({ format, score: format.sniff(head) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}

/** What was tried on a file that nobody recognised. */
export function triedFormats(): string {
  return [...RECORD_FORMATS, ...FOREIGN_FORMATS].map(({ label }) => label).join(', ');
}
