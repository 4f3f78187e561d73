/**
 * Which tool span ran which call of a model. The SDK's spans do not say the id of the call, so the name
 * decides, then equal arguments, then the order in time.
 */
import { canonicalJson, type Json } from '../model/json.ts';

/** A call as a model asked for it, or a tool span as it ran. */
export interface NamedInput {
  readonly name: string;
  readonly input: Json | undefined;
}

/** For each call the place of its span, -1 for none. No span is given to two calls. */
export function joinToolCalls(calls: readonly NamedInput[], spans: readonly NamedInput[]): readonly number[] {
  const free = new Set(spans.keys());
  const inputs = spans.map(({ input }) => plainInput(input));
  const joined = calls.map((call) => {
    const wanted = plainInput(call.input);
    return take(free, (place) => spans[place]?.name === call.name && inputs[place] === wanted);
  });
  return joined.map((place, i) =>
    place >= 0 ? place : take(free, (other) => spans[other]?.name === calls[i]?.name),
  );
}

function take(free: Set<number>, fits: (place: number) => boolean): number {
  for (const place of free) {
    if (!fits(place)) continue;
    free.delete(place);
    return place;
  }
  return -1;
}

/** Arguments are written as JSON text or as JSON, with keys in any order. */
function plainInput(input: Json | undefined): string {
  if (typeof input !== 'string') return canonicalJson(input ?? null);
  try {
    return canonicalJson(JSON.parse(input) as Json);
  } catch (error) {
    if (error instanceof SyntaxError) return input;
    throw error;
  }
}
