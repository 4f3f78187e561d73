/** Builds `span_data` in the SDK's words from the attributes of a span whose kind is known. */
import type { Json, JsonObject } from '../../model/json.ts';
import { isJsonObject, objectAt, stringAt } from '../../model/json.ts';
import type { AttributedSpan } from './attributed-span.ts';
import type { Attributes } from './attributes.ts';
import { readIndexed } from './indexed-attributes.ts';
import { findPassedTo, readHandoff } from './handoff-rules.ts';
import type { MatchedRule } from './kind-rules.ts';
import { readCallFacts, readModel } from './read-call-facts.ts';
import { some } from './some.ts';
import { readCallContent, readPlainContent, readToolContent } from './read-content.ts';

/** `usage` in the SDK's shape, where the span has one. */
export function buildSpanData(
  attributes: Attributes,
  span: AttributedSpan,
  match: MatchedRule,
  usage: JsonObject | undefined,
): JsonObject {
  const subkind = match.subkind === undefined ? {} : { subkind: match.subkind };
  switch (match.kind) {
    case 'agent':
      return {
        type: 'agent',
        name: agentName(attributes, span),
        ...readAgentLists(attributes),
        ...some(readPlainContent(attributes)),
        ...(usage !== undefined && { aggregate_usage: usage }),
      };
    case 'generation':
    case 'response':
      return {
        type: 'generation',
        ...subkind,
        ...some({ model: readModel(attributes) }),
        ...some(readCallContent(attributes, span)),
        ...readCallFacts(attributes, span),
        ...(usage !== undefined && { usage }),
      };
    case 'function':
      return buildFunction(attributes, span);
    case 'guardrail':
      return {
        type: 'guardrail',
        name: attributes.text('gen_ai.guardrail.name', 'guardrail.name', 'name') ?? span.name,
        ...some({ triggered: readTriggered(attributes) }),
        ...some(readPlainContent(attributes)),
      };
    case 'handoff': {
      const { from, to } = readHandoff(attributes, span);
      return { type: 'handoff', ...some({ from_agent: from, to_agent: to }) };
    }
    case 'mcp_tools':
      return {
        type: 'mcp_tools',
        server: attributes.text('server', 'server.address', 'mcp.session.id') ?? span.name,
        ...some({ result: attributes.json('result', 'mcp.response.value', 'output.value') }),
      };
    default:
      return buildCustom(attributes, span, match, usage);
  }
}

function buildFunction(attributes: Attributes, span: AttributedSpan): JsonObject {
  const name = toolName(attributes, span);
  return {
    type: 'function',
    name,
    ...some(readToolContent(attributes)),
    ...some({
      call_id: attributes.text('gen_ai.tool.call.id', 'ai.toolCall.id', 'tool_call.id'),
      description: attributes.text('gen_ai.tool.description', 'tool.description'),
      passes_to: findPassedTo(attributes, name),
      passes_from: attributes.text('langgraph.command.source_node'),
      mcp_data: readMcp(attributes),
    }),
  };
}

function buildCustom(
  attributes: Attributes,
  span: AttributedSpan,
  { kind, subkind, rule }: MatchedRule,
  usage: JsonObject | undefined,
): JsonObject {
  const { input, output } = readPlainContent(attributes);
  if (kind === 'transcription' || kind === 'speech' || kind === 'speech_group') {
    return { type: kind, name: span.name, ...some({ model: readModel(attributes), input, output }) };
  }
  const isSdkSpan = kind === 'task' || kind === 'turn';
  const data = some({
    subkind,
    input,
    output,
    ...(isSdkSpan && {
      sdk_span_type: kind,
      turn: attributes.number('turn'),
      agent_name: attributes.text('agent_name'),
      name: attributes.text('name') ?? span.name,
    }),
    model: attributes.text('gen_ai.request.model', 'reranker.model_name'),
    query: attributes.text('reranker.query', 'gen_ai.retrieval.query.text'),
    documents: readDocuments(attributes),
  });
  const told =
    attributes.text('traceloop.entity.name') ?? (rule === 18 ? logfireName(attributes) : undefined);
  const name = (kind === 'custom' && told) || span.name;
  const counted = usage === undefined ? {} : isSdkSpan ? { usage } : { aggregate_usage: usage };
  return { type: 'custom', name, data: { ...data, ...counted } };
}

function agentName(attributes: Attributes, { name }: AttributedSpan): string {
  return (
    attributes.text(
      'gen_ai.agent.name',
      'agent.name',
      'agent_name',
      'graph.node.id',
      'ai.telemetry.functionId',
      'traceloop.entity.name',
    ) ??
    logfireName(attributes) ??
    name.replace(/^invoke_agent |^agent_run \[(.+)\]$/, '$1')
  );
}

function toolName(attributes: Attributes, { name }: AttributedSpan): string {
  return (
    attributes.text('gen_ai.tool.name', 'ai.toolCall.name', 'tool.name', 'traceloop.entity.name') ??
    withoutNumber(name, attributes.text('mlflow.spanFunctionName')) ??
    logfireName(attributes) ??
    name.replace(/^execute_tool /, '')
  );
}

/** Logfire's spans are named by the template of their sentence: what an agent or tool is called stands beside it. */
function logfireName(attributes: Attributes): string | undefined {
  return attributes.has('logfire.msg_template') ? attributes.text('name') : undefined;
}

/** MLflow until 3.5 numbers the spans of a function that was called twice: `look_1`, `look_2`. */
function withoutNumber(name: string, called: string | undefined): string | undefined {
  const plain = called?.replace(/^"(.*)"$/, '$1');
  return plain !== undefined && name.startsWith(`${plain}_`) && /^_\d+$/.test(name.slice(plain.length))
    ? plain
    : undefined;
}

function readAgentLists(attributes: Attributes): JsonObject {
  return some({
    handoffs: namesOf(attributes.json('openai.agent.handoffs', 'handoffs')),
    tools: namesOf(attributes.json('gen_ai.tool.definitions', 'agent.tools', 'tools')),
    output_type: attributes.text('output_type'),
    description: attributes.text('gen_ai.agent.description'),
  });
}

/** Names, or objects that have one. */
function namesOf(value: Json | undefined): Json | undefined {
  if (!Array.isArray(value)) return undefined;
  const names = value.flatMap((item: Json) => {
    if (typeof item === 'string') return [item];
    return isJsonObject(item) ? (stringAt(item, 'name') ?? []) : [];
  });
  return names.length === 0 ? undefined : names;
}

function readMcp(attributes: Attributes): Json | undefined {
  if (attributes.text('mcp.method.name') === undefined) return undefined;
  return { server: attributes.text('server.address', 'mcp.session.id') ?? null };
}

function readTriggered(attributes: Attributes): boolean | undefined {
  const said = attributes.first('triggered', 'guardrail.triggered', 'tripwire_triggered');
  if (typeof said === 'boolean') return said;
  const status = attributes.text('gen_ai.guardrail.status')?.toLowerCase();
  if (status === undefined) return undefined;
  return /^(fail|block|trigger|trip)/.test(status);
}

/** What was found; without the keys' own prefix of each document. */
function readDocuments(attributes: Attributes): Json | undefined {
  const found =
    readIndexed(attributes, 'retrieval.documents.') ?? readIndexed(attributes, 'reranker.output_documents.');
  if (!Array.isArray(found)) return undefined;
  return found.map((item: Json) => (isJsonObject(item) ? (objectAt(item, 'document') ?? item) : item));
}
