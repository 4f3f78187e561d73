/** Draws an attributed span from its attributes, and converts it. */
import type { AttributedSpan } from '../../../../core/formats/genai/attributed-span.ts';
import { convertSpan } from '../../../../core/formats/genai/convert-span.ts';
import { objectAt, type JsonObject } from '../../../../core/model/json.ts';

export interface Drawn {
  readonly name?: string;
  readonly scope?: string;
  readonly parentId?: string;
  readonly events?: AttributedSpan['events'];
}

function draw(
  attributes: JsonObject,
  { name = 'span', scope = '', parentId, events = [] }: Drawn = {},
): AttributedSpan {
  return {
    traceId: 't',
    spanId: 's',
    parentId,
    name,
    start: { us: 1_000_000, restNs: 0 },
    end: { us: 2_000_000, restNs: 0 },
    attributes,
    events,
    links: [],
    kind: undefined,
    status: { code: 'unset', message: '' },
    scope: { name: scope, version: '' },
    resource: {},
    extra: {},
  };
}

export function convert(
  attributes: JsonObject,
  drawn?: Drawn,
): { data: JsonObject; origin: JsonObject; unread: readonly string[] } {
  const { item, unread } = convertSpan(draw(attributes, drawn), 'otlp');
  return { data: objectAt(item, 'span_data') ?? {}, origin: objectAt(item, 'origin') ?? {}, unread };
}
