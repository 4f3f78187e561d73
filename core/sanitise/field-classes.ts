/**
 * What each field of a record is, for withholding. It is a list of what may stay: a field that stands in no
 * list here is of no known meaning, and goes as soon as any content is withheld.
 */

/** What a field of `span_data`, of a custom span's `data` or of a `response` holds. */
export type FieldClass =
  'fact' | 'names' | 'numbers' | 'inputs' | 'outputs' | 'tools' | 'errors' | 'metadata' | 'data';

const FIELDS: readonly (readonly [FieldClass, readonly string[]])[] = [
  [
    'fact',
    [
      'type',
      'subkind',
      'sdk_span_type',
      'name',
      'agent_name',
      'function_name',
      'guardrail_name',
      'model',
      'model_name',
      'server',
      'from_agent',
      'to_agent',
      'passes_to',
      'output_type',
      'triggered',
      'tripwire_triggered',
      'turn',
      'call_id',
      'response_id',
      'id',
      'object',
      'status',
      'created_at',
      'first_content_at',
      'input_format',
      'output_format',
      'finish_reason',
      'provider',
    ],
  ],
  ['names', ['handoffs', 'tools', 'finish_reasons']],
  ['numbers', ['usage', 'aggregate_usage', 'recorded_cost']],
  ['inputs', ['input', '_input', 'instructions', 'messages', 'prompt', 'query', 'system', 'description']],
  ['outputs', ['output', '_output', 'documents', 'text', 'result', 'completion']],
  ['tools', ['mcp_data', 'arguments']],
  ['errors', ['error', 'incomplete_details']],
  ['metadata', ['metadata', 'model_config', 'config', 'model_parameters']],
  ['data', ['data', 'response', '_response']],
];

const CLASS_OF: ReadonlyMap<string, FieldClass> = new Map(
  FIELDS.flatMap(([fieldClass, keys]) => keys.map((key): [string, FieldClass] => [key, fieldClass])),
);

/** Spans whose input and output are a tool's. */
const TOOL_TYPES: ReadonlySet<string> = new Set(['function', 'tool', 'mcp_tools']);

/** `spanType`: the `type` of the span's data. Undefined: of no known meaning. */
export function fieldClassOf(key: string, spanType: string | undefined): FieldClass | undefined {
  const found = CLASS_OF.get(key);
  const isContent = found === 'inputs' || found === 'outputs';
  return isContent && TOOL_TYPES.has(spanType ?? '') ? 'tools' : found;
}

/** Attributes that name a kind, a model or a framework, or count: none of them holds what was said. */
const PLAIN_ATTRIBUTE = new RegExp(
  `^(${[
    'gen_ai\\.(operation\\.name|system|provider\\.name|(request|response)\\.model|agent\\.name|tool\\.name|output\\.type)',
    'llm\\.(model_name|provider|system|request\\.type)',
    'openinference\\.span\\.kind',
    'ai\\.(operationId|model\\.(id|provider)|toolCall\\.name)',
    'traceloop\\.(span\\.kind|entity\\.name)',
    'langfuse\\.observation\\.type',
    'langsmith\\.span\\.kind',
    'mlflow\\.spanType',
    '(agent|tool)\\.name',
    'service\\.name',
    'telemetry\\.sdk\\.(name|language|version)',
  ].join('|')})$`,
);
const COUNTING_ATTRIBUTE = /(\.|_)(usage|token_count|tokens?)(\.|_|$)/;

export function isPlainAttribute(key: string, value: unknown): boolean {
  if (typeof value === 'number') return COUNTING_ATTRIBUTE.test(key) || PLAIN_ATTRIBUTE.test(key);
  return typeof value === 'string' && PLAIN_ATTRIBUTE.test(key);
}
