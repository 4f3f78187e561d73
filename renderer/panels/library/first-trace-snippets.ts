/** The lines that point an SDK here. They must be true: a reader copies them as they are. */

export interface Snippet {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly code: string;
}

/** `ingest` is the door's base URL, without a path. */
export function firstTraceSnippets(ingest: string): readonly Snippet[] {
  return [
    { id: 'python', label: 'OpenAI Agents, Python', hint: KEY_HINT, code: python(ingest) },
    { id: 'javascript', label: 'OpenAI Agents, JavaScript', hint: JS_HINT, code: javascript(ingest) },
    { id: 'curl', label: 'Try it with curl', hint: CURL_HINT, code: curl(ingest) },
  ];
}

const KEY_HINT =
  'Any text will do as the key, but without one the SDK sends nothing. This replaces the exporter to OpenAI, so your traces stay here.';
const JS_HINT = `${KEY_HINT} With NODE_ENV=test the JavaScript SDK does not trace.`;
const CURL_HINT = 'One trace with one span, to see something arrive.';

function python(ingest: string): string {
  return `from agents import set_trace_processors
from agents.tracing.processors import BackendSpanExporter, BatchTraceProcessor

set_trace_processors([BatchTraceProcessor(BackendSpanExporter(
    endpoint="${ingest}/v1/traces/ingest", api_key="local"))])`;
}

function javascript(ingest: string): string {
  return `import { BatchTraceProcessor, OpenAITracingExporter, setTraceProcessors } from '@openai/agents';

setTraceProcessors([new BatchTraceProcessor(new OpenAITracingExporter({
  endpoint: '${ingest}/v1/traces/ingest', apiKey: 'local' }))]);`;
}

function curl(ingest: string): string {
  return `curl -s ${ingest}/v1/traces/ingest -H 'content-type: application/json' -d '{"data":[
  {"object":"trace","id":"trace_hello","workflow_name":"Hello"},
  {"object":"trace.span","id":"span_hello","trace_id":"trace_hello","parent_id":null,
   "started_at":"2026-01-01T12:00:00Z","ended_at":"2026-01-01T12:00:01Z",
   "span_data":{"type":"agent","name":"Greeter"}}]}'`;
}
