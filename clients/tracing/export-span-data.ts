/** A span's data as it stands on the wire. */
import { writeSafeJson } from '../workbench/safe-json.ts';
import type { SpanData } from './define-span-data.ts';

/** A plain copy: tasks and turns become custom spans, fields of the process stay, tools speak text. */
export function exportSpanData(data: SpanData): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(data)) if (!name.startsWith('_')) fields[name] = value;
  switch (data.type) {
    case 'task':
    case 'turn': {
      const { type, ...rest } = fields;
      return { type: 'custom', name: type, data: { sdk_span_type: type, ...rest } };
    }
    case 'custom':
      fields['data'] ??= {};
      return fields;
    case 'function':
      for (const name of ['input', 'output']) fields[name] = textOf(fields[name]);
      return fields;
    default:
      return fields;
  }
}

/** Fields that exporters leave out and live events carry: `_input`, `_response`. */
export function privateSpanData(data: SpanData): Record<string, unknown> | undefined {
  if (data.type !== 'response') return undefined;
  const hidden = Object.entries(data).filter(([name]) => name.startsWith('_'));
  return hidden.length === 0 ? undefined : Object.fromEntries(hidden);
}

function textOf(value: unknown): string | undefined {
  return value === undefined || typeof value === 'string' ? value : writeSafeJson(value);
}
