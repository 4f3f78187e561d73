/** The lines of everything that speaks OpenTelemetry's protocol to the door. */
import type { ConnectWay, Snippet } from './connect-snippets.ts';

/** `ingest` is the door's base URL, without a path. */
export function otlpWays(ingest: string): readonly ConnectWay[] {
  const way = (id: string, label: string, ...snippets: readonly Snippet[]): ConnectWay => ({
    ...{ id, label, snippets },
  });
  return [
    way('vercel', 'Vercel AI SDK', ...aiSdk(ingest)),
    way('langgraph', 'LangGraph and LangChain', {
      title: 'OpenTelemetry of the LangSmith SDK',
      hint: 'For Python: pip install "langsmith[otel]". LANGSMITH_OTEL_ONLY keeps the traces from LangSmith itself.',
      code: `LANGSMITH_TRACING=true LANGSMITH_OTEL_ENABLED=true LANGSMITH_OTEL_ONLY=true \\
OTEL_EXPORTER_OTLP_ENDPOINT=${ingest} python app.py`,
      language: 'sh',
    }),
    way('pydantic', 'Pydantic AI', {
      title: 'The Logfire SDK, pointed here',
      hint: 'pip install logfire. send_to_logfire=False keeps the traces from Logfire itself.',
      code: `import os
import logfire

os.environ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "${ingest}"
logfire.configure(send_to_logfire=False)
logfire.instrument_pydantic_ai()`,
      language: 'python',
    }),
    way('adk', 'Google ADK', {
      title: 'The tracer provider that ADK uses',
      hint: 'pip install opentelemetry-exporter-otlp-proto-http. Set it before the first agent runs.',
      code: adkProvider(ingest),
      language: 'python',
    }),
    way('claude-code', 'Claude Code', {
      title: 'Its traces, a beta of Claude Code',
      hint: 'Prompts and tool content are left out unless OTEL_LOG_USER_PROMPTS=1 and OTEL_LOG_TOOL_CONTENT=1 are set. Its metrics and its events (logs) are not kept here.',
      code: claudeCode(ingest),
      language: 'sh',
    }),
    way('codex', 'Codex CLI', {
      title: 'In ~/.codex/config.toml',
      hint: 'Its own spans; prompts are left out unless log_user_prompt is true. Its events (logs) are not kept here.',
      code: `[otel]
log_user_prompt = false

[otel.trace_exporter.otlp-http]
endpoint = "${ingest}/v1/traces"
protocol = "json"`,
      language: 'toml',
    }),
    way('otlp', 'Any OTLP exporter', {
      title: 'The variables that every OpenTelemetry SDK reads',
      hint: 'OTLP over HTTP, as JSON or protobuf, also gzipped; not gRPC. Spans are kept, and log records that carry the messages of a model; metrics are answered and left out.',
      code: `OTEL_EXPORTER_OTLP_ENDPOINT=${ingest} OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf your-program`,
      language: 'sh',
    }),
  ];
}

function aiSdk(ingest: string): readonly Snippet[] {
  return [
    {
      title: 'AI SDK 7: its OpenTelemetry integration',
      hint: 'npm install @ai-sdk/otel @opentelemetry/sdk-node @opentelemetry/exporter-trace-otlp-proto. Once it is registered, every call is told. Call sdk.shutdown() before the program ends.',
      code: `import { registerTelemetry } from 'ai';
import { OpenTelemetry } from '@ai-sdk/otel';
${nodeSdk(ingest)}
registerTelemetry(new OpenTelemetry());`,
      language: 'ts',
    },
    {
      title: 'AI SDK 6 and before',
      hint: 'Telemetry is asked for call by call: pass experimental_telemetry: { isEnabled: true } to generateText and streamText. Call sdk.shutdown() before the program ends.',
      code: nodeSdk(ingest).trimEnd(),
      language: 'ts',
    },
  ];
}

function nodeSdk(ingest: string): string {
  return `import { NodeSDK } from '@opentelemetry/sdk-node';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';

const sdk = new NodeSDK({ traceExporter: new OTLPTraceExporter({ url: '${ingest}/v1/traces' }) });
sdk.start();
`;
}

function adkProvider(ingest: string): string {
  return `from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

provider = TracerProvider()
provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter("${ingest}/v1/traces")))
trace.set_tracer_provider(provider)`;
}

function claudeCode(ingest: string): string {
  return `CLAUDE_CODE_ENABLE_TELEMETRY=1 CLAUDE_CODE_ENHANCED_TELEMETRY_BETA=1 \\
OTEL_TRACES_EXPORTER=otlp OTEL_EXPORTER_OTLP_PROTOCOL=http/json \\
OTEL_EXPORTER_OTLP_ENDPOINT=${ingest} claude`;
}
