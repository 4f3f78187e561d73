/**
 * Turns the attributed spans of one file or body into items, and at its end makes one item a trace: its name is
 * the one it was given, else that of its first root; resources are kept once there, not on every span.
 */
import type { Json, JsonObject } from '../../model/json.ts';
import { writeIsoUs, type EpochUs } from '../../model/time.ts';
import { convertSpan } from '../genai/convert-span.ts';
import { readServiceName } from '../genai/service-name.ts';
import { writePlainSpan } from '../genai/write-plain-span.ts';
import type { AttributedSpan } from '../genai/attributed-span.ts';
import type { TraceFacts } from '../genai/trace-facts.ts';
import { settlePending } from '../genai/pending-span.ts';
import { textKey } from './text-key.ts';
import type { ForeignSink, Place } from './foreign-format.ts';

interface TraceSoFar {
  name: string | undefined;
  group: string | undefined;
  root: { readonly name: string; readonly startUs: EpochUs; readonly metadata: JsonObject } | undefined;
  source: string | undefined;
  readonly resources: Map<string, JsonObject>;
  said: SaidOfTrace;
}

/** What a format says of a trace itself: it wins over what its spans say. */
export interface SaidOfTrace {
  readonly name?: string;
  readonly group?: string;
  readonly metadata?: JsonObject;
  /** What else is to be kept, in `origin`. */
  readonly extra?: JsonObject;
}

/** In characters of JSON; those of real programs have a few hundred. */
const LONG_RESOURCE = 16_384;

export class SpanConverter {
  readonly #sink: ForeignSink;
  readonly #format: string;
  readonly #traces = new Map<string, TraceSoFar>();
  /** The resource that came last: a thousand spans share one. */
  #resource: { readonly own: JsonObject; readonly key: string | undefined } | undefined;
  /** The trace that was asked for last: spans of one come together. */
  #last: { readonly id: string; readonly trace: TraceSoFar } | undefined;
  /** Keys of long resources, true once a trace has it: ten thousand traces of one body would be its size squared. */
  readonly #long = new Map<string, boolean>();

  constructor(sink: ForeignSink, format: string) {
    this.#sink = sink;
    this.#format = format;
  }

  add(given: AttributedSpan, place: Place): void {
    const span = this.#judgeTimes(settlePending(given), place);
    const resourceKey = this.#keyOf(span.resource);
    const sink = this.#sink;
    const plain = sink.written === undefined ? undefined : writePlainSpan(span, this.#format, resourceKey);
    if (plain !== undefined) sink.written?.(plain.line, plain.record, place);
    const made = plain ?? convertSpan(span, this.#format, resourceKey);
    if ('item' in made) sink.item(made.item, place);
    const { unread, source } = made;
    for (const name of unread) sink.unread(name);
    const trace = this.#traceOf(span.traceId);
    if (resourceKey !== undefined && this.#isDue(resourceKey))
      trace.resources.set(resourceKey, span.resource);
    trace.source ??= source;
    learn(trace, span, 'facts' in made ? made.facts : factsOfPlain(span));
  }

  /** Tells what is known of a trace that has spans, or will have. */
  describe(traceId: string, said: SaidOfTrace): void {
    const trace = this.#traceOf(traceId);
    trace.said = { ...trace.said, ...said };
  }

  /** Emits the traces. */
  end(): void {
    for (const [id, { name, group, root, source, resources, said }] of this.#traces) {
      const metadata = { ...root?.metadata, ...said.metadata };
      const origin: JsonObject = {
        format: this.#format,
        ...(source !== undefined && { source }),
        ...(resources.size > 0 && { resources: Object.fromEntries(resources) }),
        ...said.extra,
      };
      const item: JsonObject = {
        object: 'trace',
        id,
        workflow_name: (said.name ?? name ?? root?.name ?? null) satisfies Json,
        group_id: said.group ?? group ?? null,
        metadata: Object.keys(metadata).length > 0 ? metadata : null,
        origin,
      };
      this.#sink.item(item, {});
    }
    this.#traces.clear();
    this.#last = undefined;
  }

  /** An end before the start says nothing of how long it took: the span is kept, and what was said of its end. */
  #judgeTimes(span: AttributedSpan, place: Place): AttributedSpan {
    const { start, end, extra } = span;
    if (start === undefined || end === undefined || end.us >= start.us) return span;
    this.#sink.note('negative-duration', place);
    return { ...span, end: start, extra: { ...extra, ended_at: writeIsoUs(end.us) } };
  }

  #traceOf(id: string): TraceSoFar {
    if (this.#last?.id === id) return this.#last.trace;
    const trace = this.#findTrace(id);
    this.#last = { id, trace };
    return trace;
  }

  #findTrace(id: string): TraceSoFar {
    const known = this.#traces.get(id);
    if (known !== undefined) return known;
    const trace = {
      name: undefined,
      group: undefined,
      root: undefined,
      source: undefined,
      resources: new Map(),
      said: {},
    };
    this.#traces.set(id, trace);
    return trace;
  }

  #keyOf(resource: JsonObject): string | undefined {
    if (this.#resource?.own === resource) return this.#resource.key;
    const text = JSON.stringify(resource);
    const key = Object.keys(resource).length === 0 ? undefined : textKey(text);
    if (key !== undefined && text.length > LONG_RESOURCE && !this.#long.has(key)) this.#long.set(key, false);
    this.#resource = { own: resource, key };
    return key;
  }

  /** False for a long resource that another trace has; its key still tells which it was. */
  #isDue(key: string): boolean {
    const isTold = this.#long.get(key);
    if (isTold === false) this.#long.set(key, true);
    return isTold !== true;
  }
}

const NO_FACTS: TraceFacts = { name: undefined, group: undefined, metadata: {} };

/** A span that no rule has a word for says no more of its trace than which program it was. */
function factsOfPlain({ parentId, resource }: AttributedSpan): TraceFacts {
  const service = parentId === undefined ? readServiceName(resource) : undefined;
  return service === undefined ? NO_FACTS : { ...NO_FACTS, metadata: { service } };
}

/** Of several that say the same thing differently, the smaller text wins: so the order never matters. */
function learn(trace: TraceSoFar, { parentId, name, start }: AttributedSpan, facts: TraceFacts): void {
  trace.name = smaller(trace.name, facts.name);
  trace.group = smaller(trace.group, facts.group);
  if (parentId !== undefined) return;
  const root = { name, startUs: start?.us ?? Infinity, metadata: facts.metadata };
  const { root: known } = trace;
  const isEarlier =
    known === undefined ||
    root.startUs < known.startUs ||
    (root.startUs === known.startUs && root.name < known.name);
  if (isEarlier) trace.root = root;
}

function smaller(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b < a ? b : a;
}
