/**
 * What the flame worker does, without the worker: keeps a copy of the open trace's columns, derives tree,
 * times and rows from them, makes pictures, and paints. Answers are copies, whose buffers may be given away.
 */
import { readDrawnRows } from '../../../../core/flame/drawn-rows-bytes.ts';
import { linkSpans } from '../../../../core/analysis/span-tree.ts';
import { SpanIdIndex } from '../../../../core/model/span-id-index.ts';
import { decodeSpanTable } from '../../../../core/model/span-table-bytes.ts';
import type { SpanTable } from '../../../../core/model/span-table.ts';
import { changeRows } from '../change-rows.ts';
import type { CanvasPainter, FlameCanvases } from '../canvas-painter.ts';
import { describePath } from '../critical-path.ts';
import { buildFlameModel, derivedOf, type FlameModel } from '../model.ts';
import {
  buildPicture,
  isPlain,
  PLAIN_PICTURE,
  plainPicture,
  type PictureSettings,
  type PictureTimes,
} from '../picture.ts';
import type { FlameFrame } from '../scene.ts';
import { buildSketchModel } from '../sketch-model.ts';
import { answerQuestion, type TraceQuestion } from '../trace-answers.ts';
import type { FromFlame, ToFlame } from './messages.ts';

export interface DeskParts {
  /** Sends an answer and gives these buffers away. */
  readonly answer: (message: FromFlame, transfer: ArrayBuffer[]) => void;
  readonly makePainter: (canvases: Pick<FlameCanvases, 'minimap' | 'axis' | 'rows'>) => CanvasPainter;
  /** Calls back when the screen takes a frame. */
  readonly onFrame: (paint: () => void) => void;
}

export class FlameDesk {
  readonly #parts: DeskParts;
  #table: SpanTable | undefined;
  #index: SpanIdIndex | undefined;
  #model: FlameModel | undefined;
  #settings: PictureSettings = PLAIN_PICTURE;
  #times: PictureTimes = { now: 0 };
  #epoch = -1;
  #painter: CanvasPainter | undefined;
  #frame: FlameFrame | undefined;
  #size: Extract<ToFlame, { readonly kind: 'size' }> | undefined;
  #waits = false;
  /** Who asked for a sketch and waits until it is painted. */
  #sketchedFor: number | undefined;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  get painter(): CanvasPainter | undefined {
    return this.#painter;
  }

  take(message: ToFlame): void {
    switch (message.kind) {
      case 'sketch':
        this.#sketch(message);
        break;
      case 'open':
        this.#tellPainted();
        this.#epoch = message.epoch;
        this.#frame = undefined;
        this.#table = decodeSpanTable(message.bytes);
        this.#index = undefined;
        this.#settings = PLAIN_PICTURE;
        this.#derive(message.id, this.#table);
        break;
      case 'change':
        this.#change(message.id, message.changes);
        break;
      case 'picture':
        this.#settings = message.settings;
        this.#times = { now: message.now, measure: message.measure };
        this.#picture(message.id);
        break;
      case 'critical-path':
        this.#path(message.id, message.now);
        break;
      case 'question':
        this.#answer(message.id, message.question);
        break;
      case 'canvases':
        this.#painter = this.#parts.makePainter(message);
        this.#show();
        break;
      case 'palette':
        this.#painter?.setPalette(message.palette);
        break;
      case 'tint':
        this.#painter?.setTint(message.tint);
        break;
      case 'path':
        this.#painter?.setPath(message.path);
        break;
      case 'size':
        this.#size = message;
        break;
      case 'frame':
        if (message.epoch === this.#epoch) this.#ask(message.frame);
        break;
    }
  }

  /** Paints the last frame once more: something it was painted with is there now. */
  repaint(): void {
    if (this.#frame !== undefined) this.#ask(this.#frame);
  }

  #ask(frame: FlameFrame): void {
    this.#frame = frame;
    if (this.#waits) return;
    this.#waits = true;
    this.#parts.onFrame(() => {
      this.#waits = false;
      // Together with the frame: a canvas that was resized is empty, and would be seen so.
      if (this.#size !== undefined)
        this.#painter?.resize(this.#size.width, this.#size.height, this.#size.ratio);
      this.#size = undefined;
      if (this.#frame === undefined) return;
      this.#painter?.paint(this.#frame);
      this.#tellPainted();
    });
  }

  #sketch({ id, epoch, bytes }: Extract<ToFlame, { readonly kind: 'sketch' }>): void {
    this.#tellPainted();
    this.#sketchedFor = id;
    this.#epoch = epoch;
    this.#frame = undefined;
    this.#table = undefined;
    this.#index = undefined;
    this.#settings = PLAIN_PICTURE;
    this.#model = buildSketchModel(readDrawnRows(bytes).drawn);
    this.#show();
  }

  #tellPainted(): void {
    if (this.#sketchedFor !== undefined) this.#parts.answer({ kind: 'painted', id: this.#sketchedFor }, []);
    this.#sketchedFor = undefined;
  }

  #change(id: number, changes: readonly Uint8Array[]): void {
    if (this.#table === undefined) throw new Error('no trace is open');
    this.#index ??= SpanIdIndex.of(this.#table);
    for (const bytes of changes) changeRows(this.#table, this.#index, decodeSpanTable(bytes));
    this.#derive(id, this.#table);
  }

  #derive(id: number, table: SpanTable): void {
    this.#index ??= SpanIdIndex.of(table);
    this.#model = buildFlameModel(table, linkSpans(table, this.#index));
    const copies = copyArrays(derivedOf(this.#model));
    this.#parts.answer({ kind: 'derived', id, derived: copies.value }, copies.buffers);
    this.#show();
  }

  #picture(id: number): void {
    if (this.#model === undefined) throw new Error('no trace is open');
    const picture = buildPicture(this.#model, this.#settings, this.#times);
    const copies = copyArrays(picture);
    this.#parts.answer({ kind: 'picture', id, picture: copies.value }, copies.buffers);
    this.#painter?.setPicture(this.#model, picture);
    this.repaint();
  }

  #path(id: number, nowUs: number): void {
    if (this.#model === undefined) throw new Error('no trace is open');
    const answer = describePath(this.#model, nowUs);
    this.#parts.answer({ kind: 'critical-path', id, answer }, [answer.segments.buffer]);
  }

  #answer(id: number, question: TraceQuestion): void {
    if (this.#model === undefined) throw new Error('no trace is open');
    this.#parts.answer({ kind: 'answer', id, answer: answerQuestion(this.#model, question) }, []);
  }

  #show(): void {
    const model = this.#model;
    if (model === undefined) return;
    const plain = isPlain(this.#settings);
    const picture = plain ? plainPicture(model) : buildPicture(model, this.#settings, this.#times);
    this.#painter?.setPicture(model, picture);
  }
}

/** A copy of an object with fresh copies of its typed arrays, and the buffers of those. */
function copyArrays<Value extends object>(value: Value): { value: Value; buffers: ArrayBuffer[] } {
  const buffers: ArrayBuffer[] = [];
  const copy = (part: unknown): unknown => {
    if (ArrayBuffer.isView(part) && 'slice' in part && typeof part.slice === 'function') {
      const fresh = (part as Float64Array).slice();
      buffers.push(fresh.buffer);
      return fresh;
    }
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, copy(inner)]));
  };
  return { value: copy(value) as Value, buffers };
}
