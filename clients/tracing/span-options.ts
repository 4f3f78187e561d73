/** Tells what a caller said of a span's place from what it said of its data, in the SDK's shape and the seed's. */
import type { SpanData } from './define-span-data.ts';
import type { SpanPlace } from './provider.ts';

/** An agent as frameworks make them: its name, tools and handoffs are read. */
export interface AgentLike {
  readonly name?: string | undefined;
  readonly tools?: readonly unknown[] | undefined;
  readonly handoffs?: readonly unknown[] | undefined;
}

/** The fields of a span's data beside each other, or under `data` as the SDK takes them; and its place. */
export type SpanOptions<D extends SpanData> = SpanPlace &
  Readonly<Partial<Omit<D, 'type' | 'data'>>> & { readonly data?: object | undefined };

/** `agent` stands for the three fields of an agent object. */
export type AgentSpanOptions<D extends SpanData> = SpanOptions<D> & {
  readonly agent?: AgentLike | undefined;
};

const PLACE: ReadonlySet<string> = new Set([
  ...['parent', 'spanId', 'span_id', 'parentId', 'parent_id', 'disabled'],
  ...['startedAt', 'started_at', 'endedAt', 'ended_at'],
]);

/** The fields of the data, under whatever spelling they were given. */
export function readFields(type: string, options: object): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  const given = options as Readonly<Record<string, unknown>>;
  for (const key in given) {
    if (PLACE.has(key)) continue;
    if (key === 'data' && isDataOfSdk(type, given)) Object.assign(fields, given['data']);
    else if (key === 'agent' && type === 'agent') Object.assign(fields, readAgent(given['agent']));
    else fields[key] = given[key];
  }
  return fields;
}

/** The SDK puts all fields under `data`; a custom span has a field of that very name. */
function isDataOfSdk(type: string, given: Readonly<Record<string, unknown>>): boolean {
  const data = given['data'];
  if (typeof data !== 'object' || data === null) return false;
  return type !== 'custom' || (given['name'] === undefined && 'name' in data);
}

function readAgent(agent: unknown): Record<string, unknown> {
  if (typeof agent !== 'object' || agent === null) return { name: nameOf(agent) };
  const { tools, handoffs } = agent as AgentLike;
  return {
    name: nameOf(agent),
    ...(Array.isArray(tools) && { tools: tools.flatMap((tool) => nameOf(tool) ?? []) }),
    ...(Array.isArray(handoffs) && { handoffs: handoffs.flatMap((handoff) => nameOf(handoff) ?? []) }),
  };
}

/** The name of an agent, a tool or a handoff (which names its agent). */
function nameOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, agentName, agent } = value as Readonly<Record<string, unknown>>;
  return [name, agentName].find((each) => typeof each === 'string') ?? nameOf(agent);
}
