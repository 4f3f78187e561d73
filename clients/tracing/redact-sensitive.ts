/** What a span must not say when sensitive data is off: inputs and outputs, as the SDKs leave them out. */
import type { SpanData } from './define-span-data.ts';

const HIDDEN: Readonly<Record<string, readonly string[]>> = {
  agent: ['instructions', 'input_items', 'output_items'],
  generation: ['input', 'output', 'system_instructions'],
  response: ['_input', '_response'],
  guardrail: ['input_data', 'output_data'],
  handoff: ['arguments', 'result'],
  transcription: ['input', 'output'],
  speech: ['input', 'output'],
  speech_group: ['input'],
};

/** Changes `data` itself: nobody may read it afterwards. */
export function redactSensitive(data: SpanData): void {
  const fields = data as unknown as Record<string, unknown>;
  for (const name of HIDDEN[data.type] ?? []) Reflect.deleteProperty(fields, name);
  // The SDK writes empty texts here, and readers expect the fields.
  if (data.type === 'function') {
    for (const name of ['input', 'output']) if (fields[name] !== undefined) fields[name] = '';
  }
}
