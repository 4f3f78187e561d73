/** What the page and its flame worker say to each other. */
import type { PathOfTrace } from '../critical-path.ts';
import type { DerivedTrace } from '../model.ts';
import type { Palette } from '../palette.ts';
import type { FlamePicture, PictureSettings } from '../picture.ts';
import type { FlameFrame, PathSegments } from '../scene.ts';
import type { TintRequest } from '../tint.ts';
import type { TraceAnswers, TraceQuestion } from '../trace-answers.ts';
import type { FontSource } from './font-sources.ts';

export type ToFlame =
  /** Answered by `derived`. `epoch` numbers the opened traces: a frame of another one is not painted. */
  | { readonly kind: 'open'; readonly id: number; readonly epoch: number; readonly bytes: Uint8Array }
  /** The first picture of a trace that is still on its way, as drawn rows; answered by `painted`. */
  | { readonly kind: 'sketch'; readonly id: number; readonly epoch: number; readonly bytes: Uint8Array }
  /** Rows that changed since, answered by `derived`. */
  | { readonly kind: 'change'; readonly id: number; readonly changes: readonly Uint8Array[] }
  /** Answered by `picture`. */
  | {
      readonly kind: 'picture';
      readonly id: number;
      readonly settings: PictureSettings;
      readonly now: number;
      readonly measure: Float64Array | undefined;
    }
  /** Answered by `critical-path`. */
  | { readonly kind: 'critical-path'; readonly id: number; readonly now: number }
  /** Answered by `answer`. */
  | { readonly kind: 'question'; readonly id: number; readonly question: TraceQuestion }
  | {
      readonly kind: 'canvases';
      readonly minimap: OffscreenCanvas;
      readonly axis: OffscreenCanvas;
      readonly rows: OffscreenCanvas;
    }
  | { readonly kind: 'palette'; readonly palette: Palette; readonly fonts: readonly FontSource[] }
  | { readonly kind: 'tint'; readonly tint: TintRequest }
  | { readonly kind: 'path'; readonly path: PathSegments | undefined }
  | { readonly kind: 'size'; readonly width: number; readonly height: number; readonly ratio: number }
  | { readonly kind: 'frame'; readonly epoch: number; readonly frame: FlameFrame };

export type FromFlame =
  | { readonly kind: 'derived'; readonly id: number; readonly derived: DerivedTrace }
  /** A frame of the sketch was drawn, or the whole trace came first. */
  | { readonly kind: 'painted'; readonly id: number }
  | { readonly kind: 'picture'; readonly id: number; readonly picture: FlamePicture }
  | { readonly kind: 'critical-path'; readonly id: number; readonly answer: PathOfTrace }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: TraceAnswers[TraceQuestion['name']] }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
