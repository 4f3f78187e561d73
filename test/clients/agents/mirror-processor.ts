/**
 * Makes with our own library every trace and span that the SDK makes, at the same moments: ids, starts and data
 * are the SDK's, everything else (the data classes, what is exported, what is told) is ours.
 */
import type { Span as SdkSpan, Trace as SdkTrace, TracingProcessor } from '@openai/agents';
import * as own from '../../../clients/tracing/index.ts';
import { isJsonObject } from '../../../core/model/json.ts';

type AnySdkSpan = SdkSpan<never>;
type MakeSpan = (options: object, parent: own.Span | own.Trace) => own.Span;

/** Field of the SDK's data: our function. The options of each kind are looked at when it is called. */
const MAKE = {
  ...{ agent: own.createAgentSpan, generation: own.createGenerationSpan, response: own.createResponseSpan },
  ...{ function: own.createFunctionSpan, guardrail: own.createGuardrailSpan, handoff: own.createHandoffSpan },
  ...{ custom: own.createCustomSpan, mcp_tools: own.createMCPListToolsSpan, task: own.createTaskSpan },
  ...{ turn: own.createTurnSpan, transcription: own.createTranscriptionSpan, speech: own.createSpeechSpan },
  speech_group: own.createSpeechGroupSpan,
};

export class MirrorProcessor implements TracingProcessor {
  readonly #traces = new Map<string, own.Trace>();
  readonly #spans = new Map<string, own.Span>();

  onTraceStart({ traceId, name, groupId, metadata }: SdkTrace): Promise<void> {
    const made = own.createTrace({
      ...{ traceId, workflowName: name },
      ...(groupId !== null && { groupId }),
      ...(metadata !== undefined && { metadata }),
    });
    this.#traces.set(traceId, made);
    made.start();
    return Promise.resolve();
  }

  onTraceEnd({ traceId }: SdkTrace): Promise<void> {
    this.#traces.get(traceId)?.end();
    return Promise.resolve();
  }

  onSpanStart(span: AnySdkSpan): Promise<void> {
    const parent = this.#spans.get(span.parentId ?? '') ?? this.#traces.get(span.traceId);
    if (parent === undefined) throw new Error(`a span without a trace: ${span.spanId}`);
    const { type, ...data } = dataOf(span);
    const make = MAKE[type as keyof typeof MAKE] as MakeSpan;
    const made = make({ data, spanId: span.spanId, startedAt: span.startedAt ?? undefined }, parent);
    this.#spans.set(span.spanId, made);
    made.start();
    return Promise.resolve();
  }

  onSpanEnd(span: AnySdkSpan): Promise<void> {
    const made = this.#spans.get(span.spanId);
    if (made === undefined) throw new Error(`an end without a start: ${span.spanId}`);
    const { type, ...data } = dataOf(span);
    if (made.spanData.type !== type) throw new Error(`${type} became ${made.spanData.type}`);
    Object.assign(made.spanData, data);
    if (span.error !== null) made.setError({ message: span.error.message, data: span.error.data ?? null });
    made.end();
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }

  forceFlush(): Promise<void> {
    return own.getGlobalTraceProvider().forceFlush();
  }
}

function dataOf(span: AnySdkSpan): Record<string, unknown> & { readonly type: string } {
  const data: unknown = span.spanData;
  if (!isJsonObject(data) || typeof data['type'] !== 'string') throw new TypeError('a span without data');
  return { ...data, type: data['type'] };
}
