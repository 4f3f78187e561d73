/** The rules that are nothing but a table: the value of one attribute names the kind. */
import type { SpanKind } from '../../model/span-kind.ts';

export interface KindMatch {
  readonly kind: SpanKind;
  /** What kind of custom span, or of model call. */
  readonly subkind?: string;
}

interface KindTable {
  readonly keys: readonly string[];
  readonly kinds: ReadonlyMap<string, KindMatch>;
}

/** Written `value value: kind` or `value: kind(subkind)`, values in lower case. */
function makeTable(keys: readonly string[], lines: readonly string[]): KindTable {
  const kinds = new Map<string, KindMatch>();
  for (const line of lines) {
    const [values = '', said = ''] = line.split(': ');
    const [, name = '', subkind] = /^(\w+)(?:\((\w+)\))?$/.exec(said) ?? [];
    for (const value of values.split(' ')) kinds.set(value, makeMatch(name, subkind));
  }
  return { keys, kinds };
}

function makeMatch(name: string, subkind: string | undefined): KindMatch {
  const kind: SpanKind =
    name === 'agent' || name === 'generation' || name === 'function' || name === 'guardrail'
      ? name
      : 'custom';
  return { kind, ...(subkind !== undefined && { subkind }) };
}

export const KIND_TABLES = {
  8: makeTable(
    ['openinference.span.kind'],
    [
      'agent: agent',
      'llm: generation',
      'tool: function',
      'guardrail: guardrail',
      'embedding: generation(embedding)',
      'retriever: custom(retriever)',
      'reranker: custom(reranker)',
      'chain: custom(chain)',
      'evaluator: custom(evaluator)',
      'prompt: custom(prompt)',
    ],
  ),
  9: makeTable(
    ['langfuse.observation.type'],
    [
      'generation: generation',
      'embedding: generation(embedding)',
      'agent: agent',
      'tool: function',
      'guardrail: guardrail',
      'retriever: custom(retriever)',
      'chain: custom(chain)',
      'evaluator: custom(evaluator)',
      'event: custom(event)',
    ],
  ),
  10: makeTable(
    ['gen_ai.operation.name'],
    [
      'chat generate_content text_completion completion generate llm_request: generation',
      'embeddings: generation(embedding)',
      'invoke_agent create_agent agent_step: agent',
      'execute_tool: function',
      'invoke_workflow: custom(workflow)',
      'retrieval vector_db_retrieve: custom(retriever)',
      'rerank: custom(reranker)',
      'plan: custom(plan)',
      'guardrail.run guard: guardrail',
      'execute_task: custom(task)',
    ],
  ),
  11: makeTable(
    ['mlflow.spanType'],
    [
      'chat_model llm: generation',
      'agent: agent',
      'tool: function',
      'embedding: generation(embedding)',
      'retriever: custom(retriever)',
      'reranker: custom(reranker)',
      'parser: custom(parser)',
      'chain: custom(chain)',
      'memory: custom(memory)',
      'workflow: custom(workflow)',
      'task: custom(task)',
      'guardrail: guardrail',
      'evaluator: custom(evaluator)',
    ],
  ),
  12: makeTable(
    ['langsmith.span.kind'],
    [
      'llm: generation',
      'tool: function',
      'retriever: custom(retriever)',
      'embedding: generation(embedding)',
      'prompt: custom(prompt)',
      'parser: custom(parser)',
      'chain: custom(chain)',
    ],
  ),
  13: makeTable(
    ['traceloop.span.kind'],
    ['workflow: custom(workflow)', 'task: custom(task)', 'agent: agent', 'tool: function'],
  ),
  14: makeTable(
    ['llm.request.type'],
    ['chat completion: generation', 'embedding: generation(embedding)', 'rerank: custom(reranker)'],
  ),
  16: makeTable(
    ['agentops.span.kind'],
    [
      'agent: agent',
      'tool: function',
      'llm llm.call: generation',
      'guardrail: guardrail',
      'workflow workflow.step: custom(workflow)',
      'task operation: custom(task)',
      'chain text agent.action agent.thinking agent.decision: custom(chain)',
      'http: custom(http)',
    ],
  ),
  17: makeTable(
    ['lmnr.span.type'],
    [
      'llm cached: generation',
      'tool: function',
      'pipeline executor: custom(chain)',
      'evaluator human_evaluator evaluation: custom(evaluator)',
    ],
  ),
} as const satisfies Record<number, KindTable>;
