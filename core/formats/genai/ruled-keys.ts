/**
 * Which attributes any rule asks for, by the first word of their keys: most spans of a trace have none of them,
 * and what such a span is follows from its name and scope alone. Naming too many costs time, too few would cost
 * truth: a test holds the list against the words of the rules.
 */
import { isKnown } from './attributes.ts';
import { firstWord } from './key-sets.ts';

const FIRST_WORDS = new Set(
  [
    'agent agent_name agentops ai all_messages_events db embedding enduser error event events exception final_result',
    'from_agent gcp gen_ai genkit graph group_id guardrail handoff handoffs http id input langfuse langgraph langsmith',
    'llm lmnr logfire mcp message messages metadata mlflow model name net openai openinference operation output',
    'output_type parts pydantic_ai raw_input request_data reranker response response_data response_id result',
    'retrieval role server service session tag to_agent tool tool_arguments tool_call tool_call_id tool_calls',
    'tool_response tools traceloop triggered tripwire_triggered turn type url user usage content',
  ].flatMap((line) => line.split(' ')),
);

export interface KeyFacts {
  /** `ruled`: some rule may ask for it. `unread`: none does, and a report tells so. */
  readonly kind: 'ruled' | 'known' | 'unread';
  /** As JSON writes it. */
  readonly quoted: string;
}

const facts = new Map<string, KeyFacts>();
/** A file that makes up a key a span would fill any memory of them. */
const MAX_KEYS = 10_000;

export function factOfKey(key: string): KeyFacts {
  const known = facts.get(key);
  if (known !== undefined) return known;
  const kind = isRuled(key) ? 'ruled' : isKnown(key) ? 'known' : 'unread';
  const fact: KeyFacts = { kind, quoted: JSON.stringify(key) };
  if (facts.size >= MAX_KEYS) facts.clear();
  facts.set(key, fact);
  return fact;
}

function isRuled(key: string): boolean {
  return FIRST_WORDS.has(firstWord(key));
}
