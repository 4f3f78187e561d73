/**
 * A `createXSpan`, `withXSpan` and `xSpan` for every kind of span. Options are taken in camelCase and
 * snake_case, beside each other or under `data`.
 */
import { makeSpanFunctions } from './make-span-functions.ts';
import {
  AgentSpanData,
  CustomSpanData,
  FunctionSpanData,
  GenerationSpanData,
  GuardrailSpanData,
  HandoffSpanData,
  MCPListToolsSpanData,
  ResponseSpanData,
  SpeechGroupSpanData,
  SpeechSpanData,
  TaskSpanData,
  TranscriptionSpanData,
  TurnSpanData,
} from './span-data.ts';
import type { AgentSpanOptions, SpanOptions } from './span-options.ts';

const agent = makeSpanFunctions<AgentSpanData, AgentSpanOptions<AgentSpanData>>(AgentSpanData);
/** A span for a run of one agent. @see agentSpan */
export const createAgentSpan = agent.create;
/** Runs `fn` in an agent span. @see agentSpan */
export const withAgentSpan = agent.within;
/**
 * A run of one agent. `agent` may be an agent object: its name, tools and handoffs are read.
 *
 * @example
 * const answer = await agentSpan({ name: 'Triage', tools: ['lookup'], outputType: 'text' }, async () => run());
 */
export const agentSpan = agent.span;

const generation = makeSpanFunctions<GenerationSpanData>(GenerationSpanData);
/** A span for one call of a model. @see generationSpan */
export const createGenerationSpan = generation.create;
/** Runs `fn` in a generation span. @see generationSpan */
export const withGenerationSpan = generation.within;
/**
 * One call of a model, with its messages and tokens.
 *
 * @example
 * await generationSpan({ model: 'gpt-5', input: [{ role: 'user', content: 'Hi' }] }, async (span) => {
 *   const reply = await ask();
 *   span.spanData.output = [reply.message];
 *   span.spanData.usage = { input_tokens: 12, output_tokens: 3 };
 * });
 */
export const generationSpan = generation.span;

const response = makeSpanFunctions<ResponseSpanData>(ResponseSpanData);
/** A span for one call of the Responses API. @see responseSpan */
export const createResponseSpan = response.create;
/** Runs `fn` in a response span. @see responseSpan */
export const withResponseSpan = response.within;
/**
 * One call of the Responses API. `input` and `response` are told to the workbench and left out of exports.
 *
 * @example
 * await responseSpan({ input: 'Hi' }, async (span) => {
 *   span.spanData.response = { id: 'resp_1', model: 'gpt-5', output: [], usage: { input_tokens: 1, output_tokens: 1 } };
 *   span.spanData.responseId = 'resp_1';
 * });
 */
export const responseSpan = response.span;

const tool = makeSpanFunctions<FunctionSpanData>(FunctionSpanData);
/** A span for one call of a tool. @see functionSpan */
export const createFunctionSpan = tool.create;
/** Runs `fn` in a function span. @see functionSpan */
export const withFunctionSpan = tool.within;
/**
 * One call of a tool. Arguments and result that are no text are exported as JSON.
 *
 * @example
 * const price = functionSpan({ name: 'lookup', input: { id: 7 } }, (span) => {
 *   const found = 12.5;
 *   span.spanData.output = found;
 *   return found;
 * });
 */
export const functionSpan = tool.span;
/** `createFunctionSpan` under the guide's name. */
export const createToolSpan = tool.create;
/** `withFunctionSpan` under the guide's name. */
export const withToolSpan = tool.within;
/** `functionSpan` under the guide's name. */
export const toolSpan = tool.span;

const guardrail = makeSpanFunctions<GuardrailSpanData>(GuardrailSpanData);
/** A span for a check. @see guardrailSpan */
export const createGuardrailSpan = guardrail.create;
/** Runs `fn` in a guardrail span. @see guardrailSpan */
export const withGuardrailSpan = guardrail.within;
/**
 * A check that may trip. A tripped guardrail is not an error.
 *
 * @example
 * guardrailSpan({ name: 'no secrets' }, (span) => {
 *   span.spanData.triggered = true;
 * });
 */
export const guardrailSpan = guardrail.span;

const handoff = makeSpanFunctions<HandoffSpanData>(HandoffSpanData);
/** A span for a handoff. @see handoffSpan */
export const createHandoffSpan = handoff.create;
/** Runs `fn` in a handoff span. @see handoffSpan */
export const withHandoffSpan = handoff.within;
/**
 * One agent passing the conversation to another.
 *
 * @example
 * handoffSpan({ fromAgent: 'Triage', toAgent: 'Billing' }, () => 'Billing');
 */
export const handoffSpan = handoff.span;

const custom = makeSpanFunctions<
  CustomSpanData,
  SpanOptions<CustomSpanData> & { readonly name?: string } & Readonly<Record<string, unknown>>
>(CustomSpanData);
/** A span for anything else. @see customSpan */
export const createCustomSpan = custom.create;
/** Runs `fn` in a custom span. @see customSpan */
export const withCustomSpan = custom.within;
/**
 * Anything else. Fields beside `name` and `data` join `data`.
 *
 * @example
 * customSpan({ name: 'load', data: { table: 'orders' } }, () => 42);
 */
export const customSpan = custom.span;

const mcpTools = makeSpanFunctions<MCPListToolsSpanData>(MCPListToolsSpanData);
/** A span for asking an MCP server for its tools. @see mcpToolsSpan */
export const createMCPListToolsSpan = mcpTools.create;
/** Runs `fn` in an MCP tools span. @see mcpToolsSpan */
export const withMCPListToolsSpan = mcpTools.within;
/** `createMCPListToolsSpan` under the Python SDK's name. */
export const createMcpToolsSpan = mcpTools.create;
/** `withMCPListToolsSpan` under the Python SDK's name. */
export const withMcpToolsSpan = mcpTools.within;
/**
 * Asking an MCP server for its tools.
 *
 * @example
 * mcpToolsSpan({ server: 'files' }, (span) => {
 *   span.spanData.result = ['read', 'write'];
 * });
 */
export const mcpToolsSpan = mcpTools.span;

const task = makeSpanFunctions<TaskSpanData>(TaskSpanData);
/** A span for one run of a workflow. @see taskSpan */
export const createTaskSpan = task.create;
/** Runs `fn` in a task span. @see taskSpan */
export const withTaskSpan = task.within;
/**
 * One run of a workflow; its usage includes everything below it.
 *
 * @example
 * taskSpan({ name: 'Support' }, () => turnSpan({ turn: 1, agentName: 'Triage' }, () => 'done'));
 */
export const taskSpan = task.span;

const turn = makeSpanFunctions<TurnSpanData>(TurnSpanData);
/** A span for one round of an agent. @see turnSpan */
export const createTurnSpan = turn.create;
/** Runs `fn` in a turn span. @see turnSpan */
export const withTurnSpan = turn.within;
/**
 * One round of an agent: a call of the model and the tools it asked for.
 *
 * @example
 * turnSpan({ turn: 1, agentName: 'Triage' }, () => 'done');
 */
export const turnSpan = turn.span;

const transcription = makeSpanFunctions<TranscriptionSpanData>(TranscriptionSpanData);
/** A span for speech to text. @see transcriptionSpan */
export const createTranscriptionSpan = transcription.create;
/** Runs `fn` in a transcription span. @see transcriptionSpan */
export const withTranscriptionSpan = transcription.within;
/**
 * Speech to text.
 *
 * @example
 * transcriptionSpan({ model: 'whisper', input: { data: '', format: 'pcm' } }, (span) => {
 *   span.spanData.output = 'Hello';
 * });
 */
export const transcriptionSpan = transcription.span;

const speech = makeSpanFunctions<SpeechSpanData>(SpeechSpanData);
/** A span for text to speech. @see speechSpan */
export const createSpeechSpan = speech.create;
/** Runs `fn` in a speech span. @see speechSpan */
export const withSpeechSpan = speech.within;
/**
 * Text to speech.
 *
 * @example
 * speechSpan({ model: 'tts', input: 'Hello' }, (span) => {
 *   span.spanData.firstContentAt = new Date(0).toISOString();
 * });
 */
export const speechSpan = speech.span;

const speechGroup = makeSpanFunctions<SpeechGroupSpanData>(SpeechGroupSpanData);
/** A span for pieces of speech that belong together. @see speechGroupSpan */
export const createSpeechGroupSpan = speechGroup.create;
/** Runs `fn` in a speech group span. @see speechGroupSpan */
export const withSpeechGroupSpan = speechGroup.within;
/**
 * Pieces of speech that belong together.
 *
 * @example
 * speechGroupSpan({ input: 'Hello. Bye.' }, () => speechSpan({ input: 'Hello.' }, () => 1));
 */
export const speechGroupSpan = speechGroup.span;
