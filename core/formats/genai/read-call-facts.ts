/** What a model call says beside its messages: provider, settings, finish, first token, recorded cost. */
import {
  hasFields,
  isJsonList,
  isJsonObject,
  objectAt,
  type Json,
  type JsonObject,
} from '../../model/json.ts';
import { readIsoUs, type EpochUs } from '../../model/time.ts';
import type { AttributedSpan } from './attributed-span.ts';
import { readIndexed } from './indexed-attributes.ts';
import type { Attributes } from './attributes.ts';
import { parseEmbedded } from './embedded-json.ts';
import { some } from './some.ts';
import { readToldTools } from './told-tools.ts';

export function readModel(attributes: Attributes): string | undefined {
  // MLflow writes every value as JSON; OpenLLMetry writes `unknown` where LangChain does not say.
  const plain = (said: string | undefined): string | undefined => said?.replace(/^"(.*)"$/, '$1');
  const model = plain(attributes.text(...MODELS));
  return model === 'unknown'
    ? MODELS.map((key) => plain(attributes.text(key))).find((other) => other !== undefined && other !== model)
    : model;
}

const MODELS = [
  'langfuse.observation.model.name',
  'gen_ai.response.model',
  'llm.response.model_name',
  'ai.response.model',
  'mlflow.llm.model',
  'gen_ai.request.model',
  'llm.request.model_name',
  'ai.model.id',
  'llm.model_name',
  'embedding.model_name',
  'reranker.model_name',
  'model',
] as const;

export function readProvider(attributes: Attributes): string | undefined {
  const said = attributes.text(
    'gen_ai.provider.name',
    'gen_ai.system',
    'llm.provider',
    'llm.system',
    'ai.model.provider',
    'mlflow.llm.provider',
  );
  const provider = said?.replace(/\.(chat|responses|messages)$/, '').replace(/^"(.*)"$/, '$1');
  return provider === undefined ? undefined : (RENAMED.get(provider) ?? provider);
}

const RENAMED = new Map([
  ['xai', 'x_ai'],
  ['az.ai.openai', 'azure.ai.openai'],
  ['az.ai.inference', 'azure.ai.inference'],
  ['gemini', 'gcp.gemini'],
  ['vertex_ai', 'gcp.vertex_ai'],
]);

export function readCallFacts(attributes: Attributes, { start }: AttributedSpan): JsonObject {
  const settings = readSettings(attributes);
  return some({
    provider: readProvider(attributes),
    response_id: attributes.text('gen_ai.response.id', 'ai.response.id', 'response_id'),
    model_config: hasFields(settings) ? settings : undefined,
    tools: readTools(attributes),
    finish_reason: readFinish(attributes),
    time_to_first_token_ms: readFirstTokenMs(attributes, start?.us),
    recorded_cost: readRecordedCost(attributes),
  });
}

const SETTINGS = [
  'max_tokens',
  'temperature',
  'top_p',
  'top_k',
  'frequency_penalty',
  'presence_penalty',
  'stop_sequences',
  'seed',
  'choice.count',
  'stream',
  'encoding_formats',
].map((name) => [name, `gen_ai.request.${name}`] as const);

function readSettings(attributes: Attributes): JsonObject {
  const packed = attributes.object('llm.invocation_parameters', 'langfuse.observation.model.parameters');
  const vercel = attributes.below('ai.settings.');
  const own: Record<string, Json> = {};
  for (const [name, key] of SETTINGS) {
    const value = attributes.first(key);
    if (value !== undefined) own[name] = value;
  }
  if (packed === undefined && vercel.length === 0) return own;
  return { ...packed, ...Object.fromEntries(vercel), ...own };
}

function readTools(attributes: Attributes): Json | undefined {
  const tools =
    attributes.json('gen_ai.tool.definitions', 'ai.prompt.tools', 'mlflow.chat.tools', 'tools') ??
    readIndexed(attributes, 'llm.tools.') ??
    readIndexed(attributes, 'llm.request.functions.') ??
    readToldTools(attributes.json('langfuse.observation.input'));
  return isJsonList(tools) ? tools.map(readTool) : tools;
}

/** OpenInference writes each tool as JSON inside `tool.json_schema`, Vercel's older integration as JSON. */
function readTool(item: Json): Json {
  const schema = isJsonObject(item) ? objectAt(item, 'tool')?.['json_schema'] : item;
  return (typeof schema === 'string' ? parseEmbedded(schema) : undefined) ?? item;
}

function readFinish(attributes: Attributes): string | undefined {
  const reasons = attributes.json('gen_ai.response.finish_reasons');
  const first: unknown = Array.isArray(reasons) ? reasons[0] : reasons;
  if (typeof first === 'string') return first;
  return attributes.text(
    'llm.finish_reason',
    'ai.response.finishReason',
    'gen_ai.response.finish_reason',
    'gen_ai.response.stop_reason',
    'llm.response.finish_reason',
  );
}

function readFirstTokenMs(attributes: Attributes, startUs: EpochUs | undefined): number | undefined {
  const seconds = attributes.number('gen_ai.response.time_to_first_chunk');
  if (seconds !== undefined) return seconds * 1000;
  const ms = attributes.number('ai.response.msToFirstChunk', 'ai.stream.msToFirstChunk');
  if (ms !== undefined) return ms;
  const firstUs = readIsoUs(attributes.text('langfuse.observation.completion_start_time') ?? '');
  if (startUs !== undefined && firstUs >= startUs) return (firstUs - startUs) / 1000;
  const late = attributes.number('gen_ai.streaming.time_to_first_token');
  return late === undefined ? undefined : late * 1000;
}

const COSTS = ['gen_ai.usage.cost', 'operation.cost', 'llm.cost.total', 'gen_ai.usage.total_cost'] as const;

/** US dollars, as the trace's own tool reckoned them: shown beside any estimate, never mixed with it. */
function readRecordedCost(attributes: Attributes): Json | undefined {
  for (const key of COSTS) {
    const total = attributes.number(key);
    if (total !== undefined) return { total, from: key };
  }
  for (const key of ['langfuse.observation.cost_details', 'mlflow.llm.cost']) {
    const packed = attributes.object(key);
    const total = packed?.['total'] ?? packed?.['total_cost'];
    if (typeof total === 'number') return { total, from: key };
  }
  return undefined;
}
