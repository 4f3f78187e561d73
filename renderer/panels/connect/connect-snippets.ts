/** The lines that point a program here. They must be true: a reader copies them as they are. */

export interface Snippet {
  readonly title: string;
  readonly hint: string;
  readonly code: string;
}

export interface ConnectWay {
  readonly id: string;
  readonly label: string;
  readonly snippets: readonly Snippet[];
}

/** `ingest` is the door's base URL, without a path. */
export function connectWays(ingest: string): readonly ConnectWay[] {
  return [
    {
      id: 'python',
      label: 'OpenAI Agents, Python',
      snippets: [{ title: EXPORTER, hint: KEY_HINT, code: python(ingest) }],
    },
    {
      id: 'javascript',
      label: 'OpenAI Agents, JavaScript',
      snippets: [{ title: EXPORTER, hint: JS_HINT, code: javascript(ingest) }],
    },
    {
      id: 'http',
      label: 'Any program, over HTTP',
      snippets: [
        { title: 'Finished spans, as a body', hint: BODY_HINT, code: curlBody(ingest) },
        { title: 'Live events: a span that starts, and ends', hint: EVENT_HINT, code: curlEvents(ingest) },
      ],
    },
    {
      id: 'files',
      label: 'Files',
      snippets: [{ title: 'From the command line', hint: FILE_HINT, code: COMMANDS }],
    },
  ];
}

const EXPORTER = 'Without installing anything: finished spans, as the SDK exports them';
const KEY_HINT =
  'Any text will do as the key, but without one the SDK sends nothing. This replaces the exporter to OpenAI, so your traces stay here.';
const JS_HINT = `${KEY_HINT} With NODE_ENV=test the JavaScript SDK does not trace.`;
const BODY_HINT = 'One trace with one span. 204 means that it is on disk.';
const EVENT_HINT =
  'One event a line. The first makes a span that is running; send the second and watch it end. Events carry more than exports do: model, text and tokens.';
const FILE_HINT =
  'Bodies and JSON lines of the OpenAI Agents SDK, lists, live events; each also gzipped. Dropping a file on this page does the same.';

const COMMANDS = `node cli/tracebench.mjs import traces.jsonl
node cli/tracebench.mjs analyze traces.jsonl`;

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

function curlBody(ingest: string): string {
  return `curl -s ${ingest}/v1/traces/ingest -H 'content-type: application/json' -d '{"data":[
  {"object":"trace","id":"trace_hello","workflow_name":"Hello"},
  {"object":"trace.span","id":"span_hello","trace_id":"trace_hello","parent_id":null,
   "started_at":"2026-01-01T12:00:00Z","ended_at":"2026-01-01T12:00:01Z",
   "span_data":{"type":"agent","name":"Greeter"}}]}'`;
}

function curlEvents(ingest: string): string {
  const start = `"object":"trace.span","id":"span_live","trace_id":"trace_live","parent_id":null,"started_at":"'$NOW'"`;
  const data = `"span_data":{"type":"agent","name":"Runner"}`;
  return `NOW=$(date -u +%Y-%m-%dT%H:%M:%SZ)
curl -s ${ingest}/v1/events -H 'content-type: application/x-ndjson' -d '{"event":"on_span_start","at":"'$NOW'",
  "item":{${start},
  ${data}}}'

END=$(date -u +%Y-%m-%dT%H:%M:%SZ)
curl -s ${ingest}/v1/events -H 'content-type: application/x-ndjson' -d '{"event":"on_span_end","at":"'$END'",
  "item":{${start},"ended_at":"'$END'",
  ${data}}}'`;
}
