/** What Langfuse says of a trace itself: its name, session, user, and where its spans came from. */
import { ownAt, stringAt, type Json, type JsonObject } from '../../model/json.ts';
import type { SaidOfTrace } from '../foreign/span-converter.ts';
import { some } from '../genai/some.ts';
import { readMetadata } from './read-observation.ts';

const KEPT = ['environment', 'release', 'version', 'tags', 'public', 'bookmarked'] as const;
const READ = new Set<string>([...KEPT, 'id', 'name', 'sessionId', 'userId', 'metadata']);

export function readTrace(fields: JsonObject): SaidOfTrace {
  const name = stringAt(fields, 'name');
  const group = stringAt(fields, 'sessionId');
  const { attributes, resourceAttributes, scope, ...own } = readMetadata(ownAt(fields, 'metadata'));
  const kept = KEPT.map((key): [string, Json | undefined] => [key, filled(ownAt(fields, key))]);
  const rest = Object.entries(fields).filter(([key, value]) => !READ.has(key) && filled(value) !== undefined);
  const surroundings = some({ attributes, resourceAttributes, scope });
  return {
    ...(name !== undefined && { name }),
    ...(group !== undefined && group !== '' && { group }),
    metadata: { ...own, ...some({ user_id: filled(ownAt(fields, 'userId')), ...Object.fromEntries(kept) }) },
    // Its spans name who wrote them; that they went through Langfuse is said of the trace.
    extra: { source: 'langfuse', langfuse: { ...Object.fromEntries(rest), ...surroundings } },
  };
}

function filled(value: Json | undefined): Json | undefined {
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return isEmpty ? undefined : value;
}
