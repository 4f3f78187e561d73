/** Rules that ask more than one attribute: MCP lists, GenAI operations, and the spans that frameworks name. */
import type { SpanKind } from '../../model/span-kind.ts';
import type { AttributedSpan } from './attributed-span.ts';
import type { Attributes } from './attributes.ts';
import { KIND_TABLES, type KindMatch } from './kind-tables.ts';

type Test = (attributes: Attributes, span: AttributedSpan) => KindMatch | undefined;

const chain: KindMatch = { kind: 'custom', subkind: 'chain' };

export const matchFrameworkKind: Readonly<Record<6 | 10 | 12 | 15 | 18 | 19 | 20 | 21, Test>> = {
  6: (attributes, { name, scope }) => {
    const lists =
      attributes.text('mcp.method.name') === 'tools/list' ||
      attributes.text('logfire.msg_template') === 'MCP: list tools from server {server}' ||
      (name === 'mcp_tools' && /openai[_-]agents/.test(scope.name));
    return lists ? { kind: 'mcp_tools' } : undefined;
  },
  10: (attributes, { parentId, name }) => {
    const operation = attributes.text('gen_ai.operation.name')?.toLowerCase();
    if (operation === undefined) return undefined;
    if (/(^|_)memory(_|$)/.test(operation)) return { kind: 'custom', subkind: 'memory' };
    // Vercel's steps are rounds of one agent, not agents.
    const isStep = operation === 'agent_step' && /^step \d+$/.test(name);
    if (isStep && !attributes.has('gen_ai.agent.name')) return { kind: 'turn' };
    const isRootAgent = parentId === undefined && attributes.has('gen_ai.agent.name');
    if (operation === 'invoke_workflow' && isRootAgent) return { kind: 'agent' };
    return KIND_TABLES[10].kinds.get(operation);
  },
  12: (attributes) => {
    const match = KIND_TABLES[12].kinds.get(attributes.text('langsmith.span.kind')?.toLowerCase() ?? '');
    const isAgent = attributes.has('langsmith.metadata.ls_agent_type', 'langsmith.metadata.lc_agent_name');
    return match?.subkind === 'chain' && isAgent ? { kind: 'agent' } : match;
  },
  15: (attributes) => {
    const id = attributes.text('ai.operationId', 'operation.name')?.split(' ')[0] ?? '';
    if (!id.startsWith('ai.')) return undefined;
    if (id === 'ai.toolCall') return { kind: 'function' };
    const step = /\.do(Generate|Stream|Embed|Rerank)$/.exec(id)?.[1];
    if (step === 'Embed') return { kind: 'generation', subkind: 'embedding' };
    if (step === 'Rerank') return { kind: 'custom', subkind: 'reranker' };
    if (step !== undefined) return { kind: 'generation' };
    return attributes.has('ai.telemetry.functionId') ? { kind: 'agent' } : chain;
  },
  18: (attributes) => {
    const template = attributes.text('logfire.msg_template') ?? '';
    return LOGFIRE_TEMPLATES.find(([start]) => template.startsWith(start))?.[1];
  },
  19: (attributes, { name }) => {
    if (name === 'running tools') return chain;
    const isAgent = /^(agent run|invoke_agent\b)/.test(name) && attributes.has('agent_name');
    if (isAgent) return { kind: 'agent' };
    const isTool = /^(running tool|execute_tool)\b/.test(name) && attributes.has('gen_ai.tool.name');
    return isTool ? { kind: 'function' } : undefined;
  },
  20: (attributes, { name, scope }) => {
    if (!attributes.hasBelow('gcp.vertex.agent.') && !scope.name.startsWith('gcp.vertex.agent'))
      return undefined;
    if (/^(invoke_agent|agent_run)\b/.test(name)) return { kind: 'agent' };
    if (/^execute_tool\b/.test(name)) return { kind: 'function' };
    if (name === 'call_llm') return { kind: 'generation' };
    return name === 'invocation' ? { kind: 'custom', subkind: 'workflow' } : undefined;
  },
  21: (attributes, { name, scope }) => {
    const genkit = GENKIT.get(attributes.text('genkit:metadata:subtype') ?? '');
    if (genkit !== undefined || scope.name !== 'livekit-agents') return genkit;
    if (name === 'agent_turn' || name === 'start_agent_activity') return { kind: 'agent' };
    return name === 'function_tool' ? { kind: 'function' } : undefined;
  },
};

const is = (kind: SpanKind, subkind?: string): KindMatch => ({
  kind,
  ...(subkind !== undefined && { subkind }),
});

const LOGFIRE_TEMPLATES: readonly (readonly [start: string, match: KindMatch])[] = [
  ['OpenAI Agents trace: {name}', is('custom', 'workflow')],
  ['Agent run: {name', is('agent')],
  ['Function: {name}', is('function')],
  ['Chat completion with', is('generation')],
  ['Responses API', is('response')],
  ['Guardrail {name', is('guardrail')],
  ['Custom span: {name}', is('custom')],
  ['Task: ', is('task')],
  ['Turn {turn}', is('turn')],
  ['Text → Speech group', is('speech_group')],
  ['Text → Speech', is('speech')],
  ['Speech → Text', is('transcription')],
];

const GENKIT = new Map<string, KindMatch>([
  ['model', is('generation')],
  ['background-model', is('generation')],
  ['embedder', is('generation', 'embedding')],
  ['tool', is('function')],
  ['tool.v2', is('function')],
  ['retriever', is('custom', 'retriever')],
  ['evaluator', is('custom', 'evaluator')],
]);
