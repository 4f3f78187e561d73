/** Rules 1 to 5: what is a handoff, which no convention has a common word for, and who passed to whom. */
import { isJsonObject, stringAt } from '../../model/json.ts';
import type { AttributedSpan } from './attributed-span.ts';
import type { Attributes } from './attributes.ts';
import { parseEmbedded } from './embedded-json.ts';
import type { KindMatch } from './kind-tables.ts';

type Test = (attributes: Attributes, span: AttributedSpan) => KindMatch | undefined;

const HANDOFF: KindMatch = { kind: 'handoff' };
const OPENINFERENCE_NAME = /^handoff to (.+)$/i;
const OPENINFERENCE_TOOL = /^handoff_to_(.+)$/;
const OPENLLMETRY_NAME = /^(.+) → (.+)\.handoff$/;

export const matchHandoff: Readonly<Record<1 | 2 | 3 | 4 | 5, Test>> = {
  1: (attributes) => {
    const named =
      attributes.text('traceloop.span.kind') === 'handoff' ||
      attributes.text('gen_ai.operation.name') === 'handoff' ||
      attributes.has('gen_ai.handoff.to_agent');
    return named ? HANDOFF : undefined;
  },
  2: (attributes) => {
    if (!attributes.has('from_agent', 'to_agent') || attributes.has('logfire.msg_template')) return undefined;
    const isOther = attributes.has('gen_ai.request.model', 'gen_ai.tool.name', 'tool.name', 'model');
    return isOther ? undefined : HANDOFF;
  },
  3: (attributes, { name, scope }) => {
    if (!/openai[_-]agents/.test(scope.name) || attributes.text('openinference.span.kind') !== 'TOOL') {
      return undefined;
    }
    const tool = attributes.text('tool.name') ?? '';
    return OPENINFERENCE_NAME.test(name) || OPENINFERENCE_TOOL.test(tool) ? HANDOFF : undefined;
  },
  4: (attributes) =>
    attributes.text('logfire.msg_template') === 'Handoff: {from_agent} → {to_agent}' ? HANDOFF : undefined,
  // A tool's call that also goes to another node stays one; a span that says nothing else is the handoff.
  5: (attributes) => {
    if (!attributes.has('langgraph.command.goto_node', 'langgraph.command.goto_nodes')) return undefined;
    if (attributes.has('gen_ai.tool.name', 'tool.name')) return { kind: 'function' };
    return attributes.has('langgraph.command.source_node') ? HANDOFF : undefined;
  },
};

/** Who passed to whom; either may be unknown. */
export function readHandoff(
  attributes: Attributes,
  span: AttributedSpan,
): { readonly from: string | undefined; readonly to: string | undefined } {
  const [, fromName, toName] = OPENLLMETRY_NAME.exec(span.name) ?? [];
  const spoken =
    OPENINFERENCE_NAME.exec(span.name)?.[1] ??
    OPENINFERENCE_TOOL.exec(attributes.text('tool.name') ?? '')?.[1];
  return {
    from:
      attributes.text('gen_ai.handoff.from_agent', 'from_agent', 'langgraph.command.source_node') ??
      agentIn(attributes.text('input.value'), 'from_agent') ??
      known(fromName),
    to:
      attributes.text('gen_ai.handoff.to_agent', 'to_agent') ??
      agentIn(attributes.text('output.value'), 'to_agent') ??
      known(toName) ??
      spoken ??
      readGoto(attributes),
  };
}

/** OpenLLMetry names a handoff when it begins, and the other end is not known by then. */
function known(name: string | undefined): string | undefined {
  return name === 'unknown' ? undefined : name;
}

function readGoto(attributes: Attributes): string | undefined {
  const goto = attributes.json('langgraph.command.goto_node', 'langgraph.command.goto_nodes');
  const node: unknown = Array.isArray(goto) ? goto[0] : goto;
  return typeof node === 'string' ? node : undefined;
}

/** OpenInference writes the plain name (Python) or `{"from_agent":...}` (JavaScript). */
function agentIn(text: string | undefined, key: string): string | undefined {
  const value = text === undefined ? undefined : parseEmbedded(text);
  if (value === undefined) return text;
  return isJsonObject(value) ? stringAt(value, key) : undefined;
}

/** The agent that a tool or a graph's step passes to, by rule 5; undefined for any other. */
export function findPassedTo(attributes: Attributes, toolName: string | undefined): string | undefined {
  const node = readGoto(attributes);
  if (node !== undefined) return node;
  if (toolName !== 'transfer_to_agent') return /^transfer_to_(.+)$/.exec(toolName ?? '')?.[1];
  const args = attributes.object('gcp.vertex.agent.tool_call_args', 'gen_ai.tool.call.arguments');
  return args && (stringAt(args, 'agent_name') ?? stringAt(args, 'agentName'));
}
