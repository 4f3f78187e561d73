/** The tools of the scenarios: plain JSON schemas, so that no schema library is needed. */
import { tool, type Tool } from '@openai/agents';

const ANY_INPUT = {
  type: 'object' as const,
  properties: {},
  required: [],
  additionalProperties: true as const,
};

/** A tool that answers with what `execute` gives. */
export function makeTool(name: string, execute: () => string | Promise<string>): Tool {
  return tool({ name, description: `Does ${name}.`, strict: false, parameters: ANY_INPUT, execute });
}
