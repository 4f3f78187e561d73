/** An input that an author wrote by hand, without the fields that `reads` does not name: as the host would send it. */
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../../../../core/model/json.ts';
import type { HookInput } from '../../../../core/plugin-api/hooks.ts';
import type { Read } from '../../../../core/plugin-api/manifest.ts';
import { SPAN_FIELDS, TRACE_FIELDS, TRACE_HEAD_FIELDS } from '../../../../core/plugin-api/views.ts';

export function hideFields(takes: HookInput, input: Json, reads: readonly Read[]): Json {
  if (!isJsonObject(input)) return input;
  switch (takes) {
    case 'head':
      return keepFields(input, TRACE_HEAD_FIELDS, reads);
    case 'trace':
    case 'spans': {
      const spans = isJsonList(input.spans) ? input.spans : [];
      const shown = spans.map((span) => (isJsonObject(span) ? keepFields(span, SPAN_FIELDS, reads) : span));
      return { ...keepFields(input, TRACE_FIELDS, reads), spans: shown };
    }
    case 'records':
    case 'nothing':
      return input;
  }
}

/** What no word of `reads` gives, such as the id, stays. */
function keepFields(
  object: JsonObject,
  fields: Readonly<Record<string, Read>>,
  reads: readonly Read[],
): JsonObject {
  const kept = Object.entries(object).filter(([name]) => {
    const read = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return read === undefined || reads.includes(read);
  });
  return Object.fromEntries(kept);
}
