/**
 * The lines that point a program here; they must be true, since a reader copies them as they are. The connect
 * page shows them with this host's own address, docs/connect.md with the usual one.
 */
import { otlpWays } from './otlp-snippets.ts';

export interface Snippet {
  readonly title: string;
  readonly hint: string;
  readonly code: string;
  readonly language: 'sh' | 'ts' | 'python' | 'toml';
}

export interface ConnectWay {
  readonly id: string;
  readonly label: string;
  readonly snippets: readonly Snippet[];
}

export const USUAL_INGEST = 'http://127.0.0.1:4318';

/** `ingest` is the door's base URL, without a path. */
export function connectWays(ingest: string): readonly ConnectWay[] {
  return [
    {
      id: 'python',
      label: 'OpenAI Agents, Python',
      snippets: [
        { title: PROCESSOR, hint: PYTHON_HINT, code: pythonProcessor(ingest), language: 'python' },
        { title: UNTOUCHED, hint: RUN_HINT, code: pythonRun(ingest), language: 'sh' },
        { title: EXPORTER, hint: KEY_HINT, code: pythonExporter(ingest), language: 'python' },
      ],
    },
    {
      id: 'javascript',
      label: 'OpenAI Agents, JavaScript',
      snippets: [
        { title: PROCESSOR, hint: JS_HINT, code: jsProcessor(ingest), language: 'ts' },
        { title: UNTOUCHED, hint: REGISTER_HINT, code: jsRegister(ingest), language: 'sh' },
        { title: EXPORTER, hint: JS_KEY_HINT, code: jsExporter(ingest), language: 'ts' },
      ],
    },
    ...otlpWays(ingest),
    {
      id: 'http',
      label: 'Any program, over HTTP',
      snippets: [
        { title: 'Finished spans, as a body', hint: BODY_HINT, code: curlBody(ingest), language: 'sh' },
        {
          title: 'Live events: a start, and an end',
          hint: EVENT_HINT,
          code: curlEvents(ingest),
          language: 'sh',
        },
      ],
    },
    {
      id: 'files',
      label: 'Files',
      snippets: [{ title: 'From the command line', hint: FILE_HINT, code: COMMANDS, language: 'sh' }],
    },
  ];
}

const PROCESSOR = 'With our processor: live, with model, messages and tokens';
const UNTOUCHED = 'Without touching the program';
const EXPORTER = 'Without installing anything: finished spans, as the SDK exports them';
const SPILLS =
  'It finds the running workbench by itself; while none runs, events wait in a file that the next one takes (TRACEBENCH_SPILL=0 turns that off).';
const REPLACES = 'This replaces the exporter to OpenAI, so your traces stay here.';
const PYTHON_HINT = `Install it from the folder of Tracebench: pip install ./clients/python. It needs nothing else. ${REPLACES} ${SPILLS}`;
const RUN_HINT =
  'The same processor, set when the program imports the SDK. Modules work as well: -m package.module.';
const JS_HINT = `Install it from the folder of Tracebench: npm install with that folder's path. ${REPLACES} ${SPILLS} With NODE_ENV=test the JavaScript SDK does not trace.`;
const REGISTER_HINT =
  'The same processor, set when the SDK is loaded, as ESM or CommonJS. Processors that the program sets itself stay beside it.';
const KEY_HINT = `Any text will do as the key, but without one the SDK sends nothing. ${REPLACES} Exports hold no model and no text of the default calls.`;
const JS_KEY_HINT = `${KEY_HINT} Call getGlobalTraceProvider().forceFlush() before process.exit().`;
const BODY_HINT = 'One trace with one span. 204 means that it is on disk.';
const EVENT_HINT =
  'One event a line. The first makes a span that is running; send the second and watch it end. Events carry more than exports do: model, text and tokens.';
const FILE_HINT =
  'Bodies and JSON lines of the OpenAI Agents SDK, live events, OTLP, and files of other tools (docs/formats.md has them all); each also gzipped or zipped. Dropping a file on the page does the same.';

const COMMANDS = `node cli/tracebench.mjs import traces.jsonl
node cli/tracebench.mjs analyze traces.jsonl`;

/** The processors find the usual address themselves; any other is told. */
const isUsual = (ingest: string): boolean => ingest === USUAL_INGEST;
const environmentOf = (ingest: string): string => (isUsual(ingest) ? '' : `TRACEBENCH_URL=${ingest} `);

function pythonProcessor(ingest: string): string {
  return `from agents import set_trace_processors
from tracebench import WorkbenchProcessor

set_trace_processors([WorkbenchProcessor(${isUsual(ingest) ? '' : `"${ingest}"`})])`;
}

function pythonRun(ingest: string): string {
  return `${environmentOf(ingest)}python -m tracebench.run app.py`;
}

function pythonExporter(ingest: string): string {
  return `from agents import set_trace_processors
from agents.tracing.processors import BackendSpanExporter, BatchTraceProcessor

set_trace_processors([BatchTraceProcessor(BackendSpanExporter(
    endpoint="${ingest}/v1/traces/ingest", api_key="local"))])`;
}

function jsProcessor(ingest: string): string {
  return `import { setTraceProcessors } from '@openai/agents';
import { WorkbenchProcessor } from 'tracebench/tracing';

setTraceProcessors([new WorkbenchProcessor(${isUsual(ingest) ? '' : `{ url: '${ingest}' }`})]);`;
}

function jsRegister(ingest: string): string {
  return `${environmentOf(ingest)}node --import tracebench/register app.js`;
}

function jsExporter(ingest: string): string {
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
