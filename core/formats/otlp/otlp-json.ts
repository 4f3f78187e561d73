/**
 * OTLP as JSON: one body, a list of bodies, or the lines of a collector's file exporter; ids in hex or base64,
 * enums by number or name, fields in camelCase or snake_case. Spans are read one by one as they stream in.
 */
import type { FileHead } from '../foreign/file-head.ts';
import { ElementReader, type ElementHandler } from '../foreign/element-reader.ts';
import type { ForeignFormat, ForeignSink } from '../foreign/foreign-format.ts';
import type { Json } from '../../model/json.ts';
import { OTLP, OtlpSink } from './otlp-sink.ts';

const SPANS = 'resourceSpans.scopeSpans.spans';
const LOGS = 'resourceLogs.scopeLogs.logRecords';
const METRICS = 'resourceMetrics';
const SPELLED: ReadonlyMap<string, string> = new Map([
  [SPANS, SPANS],
  ['resourceSpans.instrumentationLibrarySpans.spans', SPANS],
  ['resource_spans.scope_spans.spans', SPANS],
  [LOGS, LOGS],
  ['resource_logs.scope_logs.log_records', LOGS],
  [METRICS, METRICS],
  ['resource_metrics', METRICS],
]);

export const otlpJson: ForeignFormat = {
  name: OTLP,
  label: 'OTLP JSON',
  source: OTLP,
  sniff: ({ fields, text }: FileHead) => {
    const isEnvelope = [...SPELLED.keys()].some((path) => fields.has(path.split('.', 1)[0] ?? ''));
    if (isEnvelope) return 1;
    // A head that is damaged or cut still has the names that nobody else uses.
    return /"(startTimeUnixNano|start_time_unix_nano)"/.test(text) ? 0.6 : 0;
  },
  open: (sink) => openOtlpJson(sink),
};

/** `maxValues` as of `ElementReader`. */
export function openOtlpJson(sink: ForeignSink, maxValues = Infinity): ElementReader {
  return new ElementReader(sink, readElements(new OtlpSink(sink)), { paths: [...SPELLED.keys()], maxValues });
}

function readElements(into: OtlpSink): ElementHandler {
  return {
    open: (path) => {
      const levels = path === '' ? 0 : path.split('.').length;
      if (levels === 1) into.setResource(undefined);
      if (levels >= 1) into.setScope(undefined);
    },
    value: (path, value: Json, place) => {
      switch (SPELLED.get(path)) {
        case SPANS:
          into.span(value, place, { line: place.line });
          return;
        case LOGS:
          into.log(value, { line: place.line });
          return;
        case METRICS:
          into.metrics({ line: place.line });
          return;
        default:
          if (path.endsWith('.schemaUrl') || path.endsWith('.schema_url')) into.setSchemaUrl(value);
          else if (path.endsWith('.resource')) into.setResource(value);
          else if (path.endsWith('.scope') || path.endsWith('.instrumentationLibrary')) into.setScope(value);
      }
    },
    fragment: (value, { line }) => into.envelope(value, { line }),
    end: () => {
      into.end();
    },
  };
}
