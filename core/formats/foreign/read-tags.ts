/** Small readings that formats of tracing tools share: marks among tags that OpenTelemetry has fields for. */
import type { AttributedSpan } from '../genai/attributed-span.ts';
import type { Json } from '../../model/json.ts';

export interface TaggedSpan {
  /** Tags without those that became fields. */
  readonly attributes: { readonly [key: string]: Json };
  readonly status: AttributedSpan['status'];
  readonly scope: AttributedSpan['scope'];
  readonly kind: string | undefined;
}

const FIELDS = new Set([
  'error',
  'span.kind',
  'otel.status_code',
  'otel.status_description',
  'otel.scope.name',
  'otel.scope.version',
  'otel.library.name',
  'otel.library.version',
]);

/** Takes status, kind and scope out of the tags that exporters write them to. */
export function readTags(tags: ReadonlyMap<string, Json>): TaggedSpan {
  const text = (...keys: readonly string[]): string | undefined => {
    const found = keys.map((key) => tags.get(key)).find((value) => typeof value === 'string');
    return typeof found === 'string' && found !== '' ? found : undefined;
  };
  const kind = text('span.kind');
  return {
    attributes: Object.fromEntries([...tags].filter(([key]) => !FIELDS.has(key))),
    status: readStatus(tags, text('otel.status_code'), text('otel.status_description')),
    scope: {
      name: text('otel.scope.name', 'otel.library.name') ?? '',
      version: text('otel.scope.version', 'otel.library.version') ?? '',
    },
    kind: kind === undefined ? undefined : `SPAN_KIND_${kind.toUpperCase()}`,
  };
}

/** `error` is a flag in Jaeger and may be a message in Zipkin; "false" is neither. */
function readStatus(
  tags: ReadonlyMap<string, Json>,
  code: string | undefined,
  said: string | undefined,
): AttributedSpan['status'] {
  const error = tags.get('error');
  const isError = error === true || (typeof error === 'string' && error !== 'false');
  if (isError || code?.toUpperCase() === 'ERROR') {
    const spoken = typeof error === 'string' && error !== 'true' ? error : '';
    return { code: 'error', message: said ?? spoken };
  }
  return { code: code?.toUpperCase() === 'OK' ? 'ok' : 'unset', message: said ?? '' };
}
