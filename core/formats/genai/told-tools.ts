/**
 * LangChain's callback for Langfuse writes the tools that a model may call as messages of the role `tool`, behind
 * what was said: they are told apart from the results of tools here.
 */
import { isJsonObject, objectAt, ownAt, stringAt, type Json } from '../../model/json.ts';

/** True for `{"role":"tool","content":{"type":"function","function":{…}}}`, which answers no call. */
export function isToldTool(message: Json): boolean {
  if (!isJsonObject(message) || stringAt(message, 'role') !== 'tool') return false;
  const content = objectAt(message, 'content');
  if (content === undefined || ownAt(message, 'tool_call_id') !== undefined) return false;
  return stringAt(content, 'type') === 'function' && objectAt(content, 'function') !== undefined;
}

/** The definitions among messages; undefined where there is none. */
export function readToldTools(messages: Json | undefined): Json[] | undefined {
  if (!Array.isArray(messages)) return undefined;
  const tools = messages.flatMap((message: Json) => {
    const content = isToldTool(message) && isJsonObject(message) ? objectAt(message, 'content') : undefined;
    return content === undefined ? [] : [content];
  });
  return tools.length === 0 ? undefined : tools;
}
