/** The data of the thirteen kinds of span. Field by field it is what the OpenAI Agents SDKs send; the rest is ours. */
import { defineSpanData, type SpanDataOf } from './define-span-data.ts';

/** Counts of tokens, in any shape that an SDK or a model's API writes. */
export type UsageFields = Readonly<Record<string, unknown>>;
/** Base64 text of a piece of audio. */
export interface AudioFields {
  readonly data?: string;
  readonly format?: string | null;
}
export type ConfigFields = Readonly<Record<string, unknown>>;

interface AgentFields {
  name: string;
  handoffs: readonly string[];
  tools: readonly string[];
  output_type: string;
  instructions: string;
  input_items: readonly unknown[];
  output_items: readonly unknown[];
  metadata: ConfigFields;
}
const AGENT = { agent_name: 'name' } as const;
/** A run of one agent. */
export const AgentSpanData = defineSpanData<'agent', AgentFields, typeof AGENT>(
  'agent',
  ['name', 'handoffs', 'tools', 'output_type', 'instructions', 'input_items', 'output_items', 'metadata'],
  AGENT,
);
export type AgentSpanData = SpanDataOf<'agent', AgentFields, typeof AGENT>;

interface GenerationFields {
  name: string;
  input: readonly unknown[];
  output: readonly unknown[];
  model: string;
  model_config: ConfigFields;
  usage: UsageFields;
  system_instructions: string;
}
const GENERATION = { model_name: 'model', input_items: 'input', output_items: 'output' } as const;
/** One call of a model, with its messages. */
export const GenerationSpanData = defineSpanData<'generation', GenerationFields, typeof GENERATION>(
  'generation',
  ['name', 'input', 'output', 'model', 'model_config', 'usage', 'system_instructions'],
  GENERATION,
);
export type GenerationSpanData = SpanDataOf<'generation', GenerationFields, typeof GENERATION>;

interface ResponseFields {
  response_id: string;
  usage: UsageFields;
  _input: unknown;
  _response: unknown;
}
const RESPONSE = { input: '_input', response: '_response' } as const;
/** One call of the Responses API. What was asked and answered is told to processors and never exported. */
export const ResponseSpanData = defineSpanData<'response', ResponseFields, typeof RESPONSE>(
  'response',
  ['response_id', 'usage', '_input', '_response'],
  RESPONSE,
);
export type ResponseSpanData = SpanDataOf<'response', ResponseFields, typeof RESPONSE>;

interface FunctionFields {
  name: string;
  /** Exported as text: JSON of the arguments. */
  input: unknown;
  output: unknown;
  mcp_data: ConfigFields;
}
const FUNCTION = { function_name: 'name', arguments: 'input', result: 'output' } as const;
/** A call of a tool. */
export const FunctionSpanData = defineSpanData<'function', FunctionFields, typeof FUNCTION>(
  'function',
  ['name', 'input', 'output', 'mcp_data'],
  FUNCTION,
);
export type FunctionSpanData = SpanDataOf<'function', FunctionFields, typeof FUNCTION>;

interface GuardrailFields {
  name: string;
  triggered: boolean;
  guardrail_type: string;
  input_data: unknown;
  output_data: unknown;
}
const GUARDRAIL = { guardrail_name: 'name', tripwire_triggered: 'triggered' } as const;
/** A check that may trip. */
export const GuardrailSpanData = defineSpanData<'guardrail', GuardrailFields, typeof GUARDRAIL>(
  'guardrail',
  ['name', 'triggered', 'guardrail_type', 'input_data', 'output_data'],
  GUARDRAIL,
);
export type GuardrailSpanData = SpanDataOf<'guardrail', GuardrailFields, typeof GUARDRAIL>;

interface HandoffFields {
  name: string;
  from_agent: string;
  to_agent: string;
  arguments: unknown;
  result: unknown;
}
const HANDOFF = { from: 'from_agent', to: 'to_agent' } as const;
/** One agent passing the conversation to another. */
export const HandoffSpanData = defineSpanData<'handoff', HandoffFields, typeof HANDOFF>(
  'handoff',
  ['name', 'from_agent', 'to_agent', 'arguments', 'result'],
  HANDOFF,
);
export type HandoffSpanData = SpanDataOf<'handoff', HandoffFields, typeof HANDOFF>;

interface CustomFields {
  name: string;
  data: Readonly<Record<string, unknown>>;
}
const CUSTOM = { operation: 'name' } as const;
/** Anything else. Fields of other names join `data`. */
export const CustomSpanData = defineSpanData<'custom', CustomFields, typeof CUSTOM>(
  'custom',
  ['name', 'data'],
  CUSTOM,
  'data',
);
export type CustomSpanData = SpanDataOf<'custom', CustomFields, typeof CUSTOM>;

interface MCPListToolsFields {
  server: string;
  result: readonly string[];
}
const MCP_TOOLS = { name: 'server' } as const;
/** Asking an MCP server for its tools. */
export const MCPListToolsSpanData = defineSpanData<'mcp_tools', MCPListToolsFields, typeof MCP_TOOLS>(
  'mcp_tools',
  ['server', 'result'],
  MCP_TOOLS,
);
export type MCPListToolsSpanData = SpanDataOf<'mcp_tools', MCPListToolsFields, typeof MCP_TOOLS>;

interface TaskFields {
  name: string;
  usage: UsageFields;
}
const TASK = { workflow_name: 'name' } as const;
/** One run of a workflow. Travels as a custom span. */
export const TaskSpanData = defineSpanData<'task', TaskFields, typeof TASK>('task', ['name', 'usage'], TASK);
export type TaskSpanData = SpanDataOf<'task', TaskFields, typeof TASK>;

interface TurnFields {
  /** Counted from 1. */
  turn: number;
  agent_name: string;
  usage: UsageFields;
}
const TURN = { agent: 'agent_name' } as const;
/** One round of an agent. Travels as a custom span. */
export const TurnSpanData = defineSpanData<'turn', TurnFields, typeof TURN>(
  'turn',
  ['turn', 'agent_name', 'usage'],
  TURN,
);
export type TurnSpanData = SpanDataOf<'turn', TurnFields, typeof TURN>;

interface TranscriptionFields {
  input: AudioFields;
  output: string;
  model: string;
  model_config: ConfigFields;
}
const TRANSCRIPTION = { model_name: 'model' } as const;
/** Speech to text. */
export const TranscriptionSpanData = defineSpanData<
  'transcription',
  TranscriptionFields,
  typeof TRANSCRIPTION
>('transcription', ['input', 'output', 'model', 'model_config'], TRANSCRIPTION);
export type TranscriptionSpanData = SpanDataOf<'transcription', TranscriptionFields, typeof TRANSCRIPTION>;

interface SpeechFields {
  input: string;
  output: AudioFields;
  model: string;
  model_config: ConfigFields;
  first_content_at: string;
}
const SPEECH = { model_name: 'model' } as const;
/** Text to speech. */
export const SpeechSpanData = defineSpanData<'speech', SpeechFields, typeof SPEECH>(
  'speech',
  ['input', 'output', 'model', 'model_config', 'first_content_at'],
  SPEECH,
);
export type SpeechSpanData = SpanDataOf<'speech', SpeechFields, typeof SPEECH>;

interface SpeechGroupFields {
  input: string;
}
const SPEECH_GROUP = { text: 'input' } as const;
/** Several pieces of speech that belong together. */
export const SpeechGroupSpanData = defineSpanData<'speech_group', SpeechGroupFields, typeof SPEECH_GROUP>(
  'speech_group',
  ['input'],
  SPEECH_GROUP,
);
export type SpeechGroupSpanData = SpanDataOf<'speech_group', SpeechGroupFields, typeof SPEECH_GROUP>;
