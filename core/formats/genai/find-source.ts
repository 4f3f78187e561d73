/** Which convention or framework wrote a span: what T lists among its sources. */
import type { AttributedSpan } from './attributed-span.ts';
import type { Attributes } from './attributes.ts';
import { firstWord } from './key-sets.ts';

interface Mark {
  readonly source: string;
  readonly attributes: readonly string[];
  readonly scope: RegExp;
}

/** The more special first: many of them write `gen_ai.*` as well. */
const MARKS: readonly Mark[] = [
  { source: 'openinference', attributes: ['openinference.'], scope: /openinference/ },
  { source: 'langfuse', attributes: ['langfuse.observation.', 'langfuse.trace.'], scope: /^langfuse/ },
  {
    source: 'openllmetry',
    attributes: ['traceloop.', 'llm.request.type'],
    scope:
      /^(traceloop|opentelemetry\.instrumentation\.(openai|anthropic|langchain|llamaindex|crewai|cohere|bedrock|vertexai|mistralai|groq|ollama|mcp)|@traceloop)/,
  },
  { source: 'pydantic-ai', attributes: ['pydantic_ai.'], scope: /^pydantic-ai/ },
  { source: 'logfire', attributes: ['logfire.'], scope: /^logfire/ },
  { source: 'vercel-ai', attributes: ['ai.operationId', 'ai.model.', 'ai.toolCall.'], scope: /^ai$/ },
  { source: 'mlflow', attributes: ['mlflow.'], scope: /^mlflow/ },
  { source: 'langsmith', attributes: ['langsmith.'], scope: /^langsmith/ },
  { source: 'agentops', attributes: ['agentops.'], scope: /^agentops/ },
  { source: 'laminar', attributes: ['lmnr.'], scope: /^lmnr/ },
  { source: 'google-adk', attributes: ['gcp.vertex.agent.'], scope: /^gcp\.vertex\.agent/ },
  { source: 'genkit', attributes: ['genkit:'], scope: /^genkit/ },
  { source: 'otel-genai', attributes: ['gen_ai.', 'mcp.'], scope: /^$(?!)/ },
];

const WORDS: readonly (readonly string[])[] = MARKS.map(({ attributes }) => attributes.map(firstWord));

/** undefined where nothing tells: then the file format itself is the source. */
export function findSource(attributes: Attributes, { scope }: AttributedSpan): string | undefined {
  if (scope.name !== lastScope.name) {
    lastScope = { name: scope.name, place: MARKS.findIndex((each) => each.scope.test(scope.name)) };
  }
  for (const [i, mark] of MARKS.entries()) {
    if (i === lastScope.place) return mark.source;
    if (attributes.hasWord(WORDS[i] ?? []) && attributes.hasBelow(...mark.attributes)) return mark.source;
  }
  return undefined;
}

/** Spans of one scope come together. `place`: the first mark that knows it, -1 for none. */
let lastScope = { name: '', place: -1 };
