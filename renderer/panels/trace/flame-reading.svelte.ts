/** What the flame graph draws of a trace, as its state asks for it: picture, colours, path. */
import { untrack } from 'svelte';
import { colourSketch, computeColouring, type Colouring } from '../../charts/flame/colouring.ts';
import { describePath, type PathOfTrace } from '../../charts/flame/critical-path.ts';
import { findSpans, type FoundSpans } from '../../charts/flame/find-spans.ts';
import { combineLit } from '../../charts/flame/lit.ts';
import { measureSpans, type FlameMeasure } from '../../charts/flame/measure.ts';
import type { FlameModel } from '../../charts/flame/model.ts';
import { buildPicture, isPlain, plainPicture, type FlamePicture } from '../../charts/flame/picture.ts';
import type { TintRequest } from '../../charts/flame/tint.ts';
import { findGroupSpans } from '../../../core/analysis/group-spans.ts';
import type { DurationUs } from '../../../core/model/time.ts';
import type { FlameState } from '../../state/flame-state.svelte.ts';
import type { LoadedTrace } from '../../state/loaded-trace.ts';
import type { TraceFilter } from '../../state/trace-filter.svelte.ts';

/** A picture and the very model it was made of. */
export interface Shown {
  readonly model: FlameModel;
  readonly picture: FlamePicture;
}

/** What bars can be measured by, beside what the model has. */
export interface FlameFigures {
  /** By span. */
  readonly usd: Float64Array | undefined;
  /** Of plugins. */
  readonly measures: readonly FlameMeasure[];
}

export class FlameReading {
  readonly #trace: () => LoadedTrace;
  readonly #state: FlameState;
  readonly #filter: () => TraceFilter;
  readonly #query: () => string;
  readonly #figures: FlameFigures;
  readonly #now: () => DurationUs;
  #made: Shown | undefined = $state.raw();
  path: PathOfTrace | undefined = $state.raw();

  readonly colouring: Colouring = $derived.by(() => {
    const { model, summary, sketch } = this.#trace();
    if (sketch) return colourSketch(model, summary);
    const { colourBy, hotBy } = this.#state;
    const figures = colourBy === 'measure' ? this.#measured(hotBy) : undefined;
    return computeColouring(colourBy, model, untrack(this.#now), figures);
  });
  readonly found: FoundSpans | undefined = $derived.by(() =>
    this.#trace().sketch ? undefined : findSpans(this.#trace().model, this.#query()),
  );
  /** By span: 1 where it is of the group that the statistics chose. */
  readonly #grouped: Uint8Array | undefined = $derived.by(() => {
    const { table, tree } = this.#trace().model;
    const { group } = this.#filter();
    return group === undefined ? undefined : findGroupSpans(table, tree, group);
  });
  readonly tint: TintRequest = $derived.by(() => {
    const { codes, tokens } = this.colouring;
    const marks = [this.found?.found, this.#grouped].filter((each) => each !== undefined);
    const lit = combineLit(this.#trace().model.count, codes, this.#state.only, marks);
    const byKind = this.#state.colourBy === 'kind' || this.#trace().sketch === true;
    return { codes: byKind ? undefined : codes, tokens, lit, edges: this.found !== undefined };
  });
  readonly #plain: Shown = $derived.by(() => {
    const { model } = this.#trace();
    return { model, picture: plainPicture(model, this.#state.settings) };
  });
  /** The picture as asked for; the one before, while the worker makes it. */
  readonly shown: Shown = $derived.by(() =>
    isPlain(this.#state.settings) ? this.#plain : (this.#made ?? this.#plain),
  );

  /** Made while a component starts: its effects end with it. */
  constructor(
    trace: () => LoadedTrace,
    state: FlameState,
    filter: () => TraceFilter,
    query: () => string,
    figures: FlameFigures,
    now: () => DurationUs,
  ) {
    this.#trace = trace;
    this.#filter = filter;
    this.#query = query;
    this.#state = state;
    this.#figures = figures;
    this.#now = now;
    $effect(() => this.#makePicture());
    $effect(() => this.#findPath());
  }

  #weights(): Float64Array | undefined {
    const { weight, measure } = this.#state.settings;
    if (weight === 'cost') return this.#figures.usd;
    return weight === 'measure' ? this.#measured(measure?.id) : undefined;
  }

  #measured(id: string | undefined): Float64Array<ArrayBuffer> {
    const measure = this.#figures.measures.find((each) => each.id === id);
    return measureSpans(this.#trace().model, measure);
  }

  #makePicture(): () => void {
    let wanted = true;
    const { model, line, sketch } = this.#trace();
    const { settings } = this.#state;
    if (sketch) return () => undefined;
    const now = untrack(this.#now);
    const times = { now, measure: this.#weights() };
    if (line === undefined) {
      this.#made = isPlain(settings) ? undefined : { model, picture: buildPicture(model, settings, times) };
    } else if (!isPlain(settings) || untrack(() => this.#made) !== undefined) {
      void line.picture(settings, times).then((picture) => {
        // The settings that were asked for, not their copy: a view is begun anew when they change.
        if (wanted) this.#made = isPlain(settings) ? undefined : { model, picture: { ...picture, settings } };
      });
    }
    return () => {
      wanted = false;
    };
  }

  #findPath(): () => void {
    let wanted = true;
    const { model, line, sketch } = this.#trace();
    const now = untrack(this.#now);
    if (!this.#state.pathShown || sketch) this.path = undefined;
    else if (line === undefined) this.path = describePath(model, now);
    else
      void line.criticalPath(now).then((path) => {
        if (wanted) this.path = path;
      });
    return () => {
      wanted = false;
    };
  }
}
