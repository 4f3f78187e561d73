/** The careful way of `writeSafeJson`: a copy of a value that holds nothing but JSON, cut to limits. */

export interface SafeLimits {
  /** UTF-16 units of one string. */
  readonly text: number;
  /** Entries of one list or object. */
  readonly entries: number;
  /** Values in all. */
  readonly values: number;
  readonly depth: number;
}

interface Walk {
  readonly limits: SafeLimits;
  readonly open: Set<object>;
  left: number;
}

/** Never throws, whatever the value's own code does. */
export function toSafeValue(value: unknown, limits: SafeLimits): unknown {
  return safe(value, { limits, open: new Set(), left: limits.values }, 0);
}

function safe(value: unknown, walk: Walk, depth: number): unknown {
  walk.left--;
  switch (typeof value) {
    case 'string':
      return safeText(value, walk.limits.text);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'bigint':
      return value.toString();
    case 'undefined':
      return undefined;
    case 'symbol':
      return value.toString();
    case 'function':
      return `[function ${nameOf(value)}]`;
    case 'object':
      return value === null ? null : safeObject(value, walk, depth);
  }
}

function safeObject(value: object, walk: Walk, depth: number): unknown {
  if (walk.open.has(value)) return '[circular]';
  if (depth >= walk.limits.depth) return '[too deep]';
  if (walk.left <= 0) return '[too large]';
  walk.open.add(value);
  try {
    return readObject(value, walk, depth);
  } catch (error) {
    return `[unreadable: ${safeText(reasonOf(error), 200)}]`;
  } finally {
    walk.open.delete(value);
  }
}

function readObject(value: object, walk: Walk, depth: number): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof Map) return safeMap(value, walk, depth);
  if (value instanceof Set) return safeList([...value], walk, depth);
  if (Array.isArray(value)) return safeList(value, walk, depth);
  if (value instanceof RegExp || value instanceof URL) return String(value);
  if (value instanceof Error) return { name: value.name, message: safeText(value.message, walk.limits.text) };
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    return `[${value.constructor.name} of ${value.byteLength} bytes]`;
  }
  const written = callToJson(value);
  if (written !== undefined && written.value !== value) return safe(written.value, walk, depth + 1);
  return safeFields(value, walk, depth);
}

/** What the object's own `toJSON` makes of it; one that throws is passed over. */
function callToJson(value: object): { readonly value: unknown } | undefined {
  try {
    const { toJSON } = value as { readonly toJSON?: unknown };
    return typeof toJSON === 'function' ? { value: toJSON.call(value) as unknown } : undefined;
  } catch {
    return undefined;
  }
}

function safeList(items: readonly unknown[], walk: Walk, depth: number): unknown[] {
  const kept: unknown[] = [];
  for (let i = 0; i < items.length; i++) {
    if (i >= walk.limits.entries || walk.left <= 0) {
      kept.push(`[${items.length - i} more]`);
      break;
    }
    kept.push(safe(items[i], walk, depth + 1) ?? null);
  }
  return kept;
}

/** A map with text keys reads as an object, any other as a list of pairs. */
function safeMap(map: ReadonlyMap<unknown, unknown>, walk: Walk, depth: number): unknown {
  const entries = [...map];
  if (!entries.every(([key]) => typeof key === 'string')) return safeList(entries, walk, depth);
  return safeEntries(
    entries.map(([key, value]) => [String(key), () => value]),
    walk,
    depth,
  );
}

function safeFields(value: object, walk: Walk, depth: number): unknown {
  const fields = value as Readonly<Record<string, unknown>>;
  return safeEntries(
    Object.keys(value).map((key) => [key, () => fields[key]]),
    walk,
    depth,
  );
}

function safeEntries(
  entries: readonly (readonly [string, () => unknown])[],
  walk: Walk,
  depth: number,
): unknown {
  const kept: [string, unknown][] = [];
  for (const [key, read] of entries) {
    if (kept.length >= walk.limits.entries || walk.left <= 0) {
      kept.push(['[more]', entries.length - kept.length]);
      break;
    }
    kept.push([safeText(key, walk.limits.text), safeField(read, walk, depth)]);
  }
  // Not by assignment: a field may be named __proto__.
  return Object.fromEntries(kept);
}

function safeField(read: () => unknown, walk: Walk, depth: number): unknown {
  try {
    return safe(read(), walk, depth + 1);
  } catch (error) {
    return `[unreadable: ${safeText(reasonOf(error), 200)}]`;
  }
}

const LONE_SURROGATE = /\p{Surrogate}/gu;

function safeText(text: string, most: number): string {
  if (text.length <= most) return text.replace(LONE_SURROGATE, '\ufffd');
  return `${text.slice(0, most).replace(LONE_SURROGATE, '\ufffd')}... [truncated ${text.length - most}]`;
}

function nameOf(value: object): string {
  try {
    return String((value as { readonly name?: unknown }).name);
  } catch {
    return '';
  }
}

function reasonOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return 'no reason given';
  }
}
