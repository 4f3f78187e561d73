/** Which rule told the kind of another tool's span, in words; the numbers are those of docs/formats.md. */
import { numberAt, objectAt, stringAt, type JsonObject } from '../../../core/model/json.ts';

/** What the rule looks at; where that is one attribute, its key, so that its value can be told. */
const RULES: Readonly<Record<number, string>> = {
  0: 'it was of our own shape already',
  1: 'an attribute says that it is a handoff',
  2: 'it names the agent it came from or goes to, and neither model nor tool',
  3: 'its name is that of a handoff of the Agents SDK',
  4: 'its Logfire template is that of a handoff',
  5: 'the tool’s result sends the graph to another agent',
  6: 'it lists the tools of an MCP server',
  7: 'it calls a tool of an MCP server',
  8: 'openinference.span.kind',
  9: 'langfuse.observation.type',
  10: 'gen_ai.operation.name',
  11: 'mlflow.spanType',
  12: 'langsmith.span.kind',
  13: 'traceloop.span.kind',
  14: 'llm.request.type',
  15: 'ai.operationId',
  16: 'agentops.span.kind',
  17: 'lmnr.span.type',
  18: 'logfire.msg_template',
  19: 'its name is one that Pydantic AI gives',
  20: 'its name is one that Google ADK gives',
  21: 'Genkit or LiveKit say so',
  22: 'it names a tool',
  23: 'it names a model',
  24: 'it is named like a guardrail',
  25: 'what it carries: nothing names its kind',
  26: 'it carries GenAI attributes, but none that names its kind',
};

const KEY = /^[\w.]+$/;

/** `Rule 8: openinference.span.kind is "LLM"`; undefined where no rule was needed. */
export function describeKindRule(origin: JsonObject): string | undefined {
  const rule = numberAt(origin, 'rule');
  if (rule === undefined) return undefined;
  const words = RULES[rule];
  if (words === undefined) return `Rule ${String(rule)}`;
  if (!KEY.test(words)) return `Rule ${String(rule)}: ${words}`;
  const value = stringAt(objectAt(origin, 'attributes') ?? {}, words);
  return `Rule ${String(rule)}: ${words}${value === undefined ? ' says so' : ` is “${value.slice(0, 60)}”`}`;
}
