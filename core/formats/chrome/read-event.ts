/** One event of a Chrome trace, as far as it makes spans. */
import { isJsonObject, objectAt, ownAt, stringAt, type Json, type JsonObject } from '../../model/json.ts';
import { readRelativeUs, type FineTime } from '../genai/fine-time.ts';
import { some } from '../genai/some.ts';
import type { Place } from '../foreign/foreign-format.ts';

export interface ChromeEvent {
  readonly phase: 'begin' | 'end' | 'complete';
  /** The thread, or the asynchronous operation. */
  readonly lane: string;
  readonly name: string | undefined;
  readonly at: FineTime;
  /** Of a complete event; undefined where it does not say. */
  readonly length: FineTime | undefined;
  readonly data: JsonObject;
  readonly place: Place;
}

const PHASES = new Map<string, ChromeEvent['phase']>([
  ['B', 'begin'],
  ['E', 'end'],
  ['X', 'complete'],
  ['b', 'begin'],
  ['e', 'end'],
  ['S', 'begin'],
  ['F', 'end'],
]);

/** undefined: an event that is no span, or none at all. */
export function readChromeEvent(raw: Json, place: Place): ChromeEvent | undefined {
  if (!isJsonObject(raw)) return undefined;
  const ph = stringAt(raw, 'ph') ?? '';
  const phase = PHASES.get(ph);
  const at = readRelativeUs(numberOf(ownAt(raw, 'ts')));
  if (phase === undefined || at === undefined) return undefined;
  const said = numberOf(ownAt(raw, 'dur') ?? ownAt(raw, 'tdur'));
  const args = objectAt(raw, 'args');
  const isAsync = ph === 'b' || ph === 'e' || ph === 'S' || ph === 'F';
  return {
    phase,
    lane: isAsync ? `async ${stringAt(raw, 'cat') ?? ''} ${idOf(raw)}` : laneOf(raw),
    name: stringAt(raw, 'name'),
    at,
    length: Number.isNaN(said) ? undefined : readRelativeUs(said),
    data: some({
      cat: phase === 'end' ? undefined : stringAt(raw, 'cat'),
      pid: ownAt(raw, 'pid'),
      tid: ownAt(raw, 'tid'),
      ...(isAsync && { id: ownAt(raw, 'id') ?? ownAt(raw, 'id2') }),
      args: args !== undefined && Object.keys(args).length > 0 ? args : undefined,
    }),
    place,
  };
}

/** The process and the thread; they may be numbers or texts. */
export function laneOf(raw: JsonObject): string {
  return `${JSON.stringify(ownAt(raw, 'pid') ?? null)} ${JSON.stringify(ownAt(raw, 'tid') ?? null)}`;
}

/** Numbers are written as text by some. NaN: none. */
export function numberOf(value: Json | undefined): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

/** A local id counts within its process only. */
function idOf(raw: JsonObject): string {
  const local = objectAt(raw, 'id2');
  const isLocal = local !== undefined && ownAt(local, 'local') !== undefined;
  const id = ownAt(raw, 'id') ?? (isLocal ? ownAt(local, 'local') : local && ownAt(local, 'global'));
  return `${JSON.stringify(id ?? null)} ${isLocal ? JSON.stringify(ownAt(raw, 'pid') ?? null) : ''}`;
}
