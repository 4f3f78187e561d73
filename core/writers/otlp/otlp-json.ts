/** OTLP as JSON lines: one body a trace, as a collector's file exporter writes them and `POST /v1/traces` takes. */
import { wordsOf } from '../../rpc/export-targets.ts';
import { openaiAgents } from '../../formats/openai-agents.ts';
import { isJsonObject, objectAt, ownAt, stringAt, type Json, type JsonObject } from '../../model/json.ts';
import type { Chunk, ExportedSpan, ExportedTrace, ExportTarget, TraceWriter } from '../exported-trace.ts';
import { LossTally } from '../losses.ts';
import { mergeExported } from '../merged-record.ts';
import { writeForeignSpan, writeLogs } from './foreign-span.ts';
import { writeSpanId, writeTraceId, type OtlpId } from './ids.ts';
import { writeOwnSpan } from './own-span.ts';
import { writeAttributes } from './write-attributes.ts';

export const otlpJsonTarget: ExportTarget = {
  ...wordsOf('otlp'),
  extension: '.otlp.jsonl',
  contentType: 'application/x-ndjson',
  readable: true,
  open: () => new OtlpWriter(),
};

/** A span and what it shares with others. */
interface Written {
  readonly span: JsonObject;
  readonly resource: JsonObject;
  readonly scope: JsonObject;
  readonly logs: readonly Json[];
}

const OWN_SCOPE: JsonObject = { name: 'tracebench' };

class OtlpWriter implements TraceWriter {
  readonly #losses = new LossTally();

  get losses(): ReadonlyMap<string, number> {
    return this.#losses.counts;
  }

  begin(): Iterable<Chunk> {
    return [];
  }

  end(): Iterable<Chunk> {
    return [];
  }

  *trace(trace: ExportedTrace): Iterable<Chunk> {
    if (trace.notes.length > 0) this.#losses.add('notes');
    const resources = resourcesOf(trace.records);
    const logs: Json[] = [];
    let resource = '';
    let scope = '';
    let isOpen = false;
    for (const written of this.#spansOf(trace, resources)) {
      logs.push(...written.logs);
      if (Object.keys(written.span).length === 0) continue;
      const ownResource = JSON.stringify(written.resource);
      const ownScope = JSON.stringify(written.scope);
      const span = JSON.stringify(written.span);
      const isSame = isOpen && ownResource === resource;
      if (isSame && ownScope === scope) yield `,${span}`;
      else if (isSame) yield `]},{"scope":${ownScope},"spans":[${span}`;
      else
        yield `${isOpen ? ']}]},' : '{"resourceSpans":['}{"resource":${ownResource},"scopeSpans":[{"scope":${ownScope},"spans":[${span}`;
      isOpen = true;
      [resource, scope] = [ownResource, ownScope];
    }
    if (isOpen) yield ']}]}]}\n';
    if (logs.length > 0)
      yield `${JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: logs }] }] })}\n`;
  }

  *#spansOf(trace: ExportedTrace, resources: JsonObject): Generator<Written> {
    const rows = new Map<string, number>();
    for (let row = 0; row < trace.spans.length; row++) rows.set(trace.spans.spanId(row), row);
    for (const span of trace.walkSpans()) {
      const foreign = span.records.filter((record) => isForeign(record));
      if (foreign.length === 0) yield* this.#writeOwn(trace, span, rows.get(span.spanId) ?? 0);
      else for (const record of foreign) yield this.#writeForeign(record, resources);
    }
  }

  *#writeOwn(trace: ExportedTrace, span: ExportedSpan, row: number): Generator<Written> {
    const { record, conflict } = mergeExported(span);
    if (conflict) this.#losses.add('reports-merged');
    const traceId = writeTraceId(trace.summary.id);
    const spanId = writeSpanId(span.spanId);
    const parent = stringAt(record, 'parent_id');
    if (traceId.made || spanId.made) this.#losses.add('ids-made');
    const made: JsonObject = {
      ...(traceId.id !== trace.summary.id && { 'tracebench.trace_id': trace.summary.id }),
      ...(spanId.made && { 'tracebench.span_id': span.spanId }),
      'gen_ai.workflow.name': trace.summary.workflowName,
      ...(trace.summary.groupId !== null && { 'gen_ai.conversation.id': trace.summary.groupId }),
      ...(parent === undefined &&
        Object.keys(trace.summary.metadata).length > 0 && {
          metadata: JSON.stringify(trace.summary.metadata),
        }),
    };
    const written = writeOwnSpan(record, trace.spans.name(row), made);
    if (written === undefined) {
      this.#losses.add('untimed');
      return;
    }
    const ids = { traceId: traceId.id, spanId: spanId.id };
    const parentId = parent === undefined ? {} : { parentSpanId: writeSpanId(parent).id };
    yield {
      span: { ...ids, ...parentId, ...written },
      resource: { attributes: writeAttributes({ 'service.name': trace.summary.workflowName || 'agents' }) },
      scope: OWN_SCOPE,
      logs: [],
    };
  }

  #writeForeign(record: JsonObject, resources: JsonObject): Written {
    const origin = objectAt(record, 'origin') ?? {};
    // OTLP that had other ids gets them back: its readers took them.
    const isOtlp = stringAt(origin, 'format') === 'otlp';
    const idOf = (id: string): OtlpId => (isOtlp ? { id, made: false } : writeSpanId(id));
    const ownTrace = stringAt(record, 'trace_id') ?? '';
    const traceId = isOtlp ? { id: ownTrace, made: false } : writeTraceId(ownTrace);
    const spanId = idOf(stringAt(record, 'id') ?? '');
    const parent = stringAt(record, 'parent_id');
    if (traceId.made || spanId.made) this.#losses.add('ids-made');
    const ids = { traceId: traceId.id, spanId: spanId.id };
    const logs = writeLogs(origin, ids);
    const key = stringAt(origin, 'resource');
    const resource = key === undefined ? undefined : objectAt(resources, key);
    const scope = objectAt(origin, 'scope');
    return {
      span:
        logs.length > 0
          ? {}
          : {
              ...ids,
              ...(parent !== undefined && { parentSpanId: idOf(parent).id }),
              ...writeForeignSpan(record, origin),
            },
      resource: resource === undefined ? {} : { attributes: writeAttributes(resource) },
      scope: scope ?? {},
      logs,
    };
  }
}

/** Converted from a tool that wrote attributes, which all stand in `origin`. */
function isForeign(record: JsonObject): boolean {
  const origin = objectAt(record, 'origin');
  if (origin === undefined || openaiAgents.readReport(record) === undefined) return false;
  return objectAt(origin, 'attributes') !== undefined || ownAt(origin, 'logs') !== undefined;
}

function resourcesOf(records: readonly JsonObject[]): JsonObject {
  const all = records.map((record) => objectAt(objectAt(record, 'origin') ?? {}, 'resources') ?? {});
  return Object.fromEntries(
    all.flatMap((resources) => Object.entries(resources).filter(([, own]) => isJsonObject(own))),
  );
}
