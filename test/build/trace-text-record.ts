/** A drawn span as the record that the SDK's exporter, or a tracing processor, would have sent. */
import type { JsonObject } from '../../core/model/json.ts';
import { writeIsoUs, type DurationMs, type EpochUs } from '../../core/model/time.ts';
import type { SpanLine, Tags } from './trace-text-line.ts';

/** The moment that a drawing calls 0. */
export const DRAWN_START_US: EpochUs = Date.UTC(2026, 0, 1) * 1000;

/** The time of a drawn millisecond. */
export function drawnUs(ms: DurationMs): EpochUs {
  return DRAWN_START_US + Math.round(ms * 1000);
}

/** The record of one drawn span. */
export function recordOfSpan(
  line: SpanLine,
  ids: { readonly traceId: string; readonly spanId: string; readonly parentId: string | undefined },
): JsonObject {
  const { tags, startMs, endMs } = line;
  const item: JsonObject = {
    object: 'trace.span',
    id: ids.spanId,
    trace_id: ids.traceId,
    parent_id: ids.parentId ?? null,
    started_at: isoAt(startMs),
    ended_at: isoAt(endMs),
    span_data: spanDataOf(line),
    error: tags.error === undefined ? null : { message: tags.error },
  };
  if (!tags.words.has('live')) return item;
  const event = endMs === undefined ? 'on_span_start' : 'on_span_end';
  return { event, at: isoAt(endMs ?? startMs ?? 0), item };
}

/** The record of a `trace` line. */
export function recordOfTrace(traceId: string, tags: Tags): JsonObject {
  const metadata = tags.values.get('metadata');
  const item: JsonObject = {
    object: 'trace',
    id: traceId,
    workflow_name: tags.values.get('workflow') ?? 'Agent workflow',
    group_id: tags.values.get('group') ?? null,
    metadata: metadata === undefined ? {} : (JSON.parse(metadata) as JsonObject),
  };
  const ended = tags.words.has('ended');
  if (!ended && !tags.words.has('live')) return item;
  return { event: ended ? 'on_trace_end' : 'on_trace_start', at: isoAt(0), item };
}

function isoAt(ms: DurationMs | undefined): string | null {
  return ms === undefined ? null : writeIsoUs(drawnUs(ms));
}

function spanDataOf(line: SpanLine): JsonObject {
  const { kind, name, tags } = line;
  const usage = usageOf(tags);
  const model = tags.values.get('model');
  switch (kind) {
    case 'generation':
    case 'response':
    case 'speech':
    case 'transcription':
      return {
        type: kind,
        ...(model === undefined ? { model: name ?? null } : { name: name ?? null, model }),
        ...usage,
      };
    case 'handoff': {
      const [from = '', to = ''] = (name ?? '').split('>');
      return { type: kind, from_agent: from || null, to_agent: to || null };
    }
    case 'agent':
      return {
        type: kind,
        name: name ?? null,
        ...(tags.values.has('to') && { handoffs: (tags.values.get('to') ?? '').split(',') }),
      };
    case 'function':
      return {
        ...{ type: kind, name: name ?? null },
        ...(tags.values.has('to') && { passes_to: tags.values.get('to') ?? '' }),
        ...(tags.values.has('agent') && { passes_from: tags.values.get('agent') ?? '' }),
      };
    case 'guardrail':
      return { type: kind, name: name ?? null, triggered: tags.words.has('tripped') };
    case 'mcp_tools':
      return { type: kind, server: name ?? null };
    case 'task':
    case 'turn':
      return { type: 'custom', name: kind, data: runDataOf(line, usage) };
    default:
      return { type: kind, name: name ?? null, ...(kind === 'custom' && { data: {} }), ...usage };
  }
}

function runDataOf({ kind, name, tags }: SpanLine, usage: JsonObject): JsonObject {
  if (kind === 'task') return { sdk_span_type: 'task', name: name ?? null, ...usage };
  const turn = /^Turn (\d+)$/.exec(name ?? '')?.[1];
  return {
    sdk_span_type: 'turn',
    turn: turn === undefined ? null : Number(turn),
    agent_name: tags.values.get('agent') ?? null,
    ...usage,
  };
}

function usageOf({ values }: Tags): JsonObject {
  const count = (tag: string, key: string): JsonObject =>
    values.has(tag) ? { [key]: Number(values.get(tag)) } : {};
  const usage: JsonObject = {
    ...count('in', 'input_tokens'),
    ...count('out', 'output_tokens'),
    ...count('cached', 'cached_tokens'),
    ...count('written', 'cache_write_tokens'),
    ...count('reasoning', 'reasoning_tokens'),
    ...count('total', 'total_tokens'),
  };
  return Object.keys(usage).length === 0 ? {} : { usage };
}
