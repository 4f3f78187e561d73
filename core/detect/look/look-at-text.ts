/** The look over a text of JavaScript's: its bytes are written to one place that every look uses again. */
import type { Detector, DetectorChoice } from '../detector.ts';
import { DETECTORS } from '../registry.ts';
import { lookAtBytes } from './line-look.ts';

const ENCODER = new TextEncoder();
let scratch = new Uint8Array(16 * 1024);
/** More than this is given back after the look. */
const KEPT_BYTES = 1024 * 1024;

export function lookAtText(text: string, wanted: number): number {
  const most = text.length * 3;
  const place = most <= scratch.length ? scratch : new Uint8Array(most);
  if (most <= KEPT_BYTES) scratch = place;
  const { written } = ENCODER.encodeInto(text, place);
  return lookAtBytes(place, 0, written, wanted);
}

const BITS: ReadonlyMap<Detector, number> = new Map(DETECTORS.map((detector, i) => [detector, 1 << i]));
const MASKS = new WeakMap<DetectorChoice, number>();

/** 0 for a detector of the user's own. */
export function bitOfDetector(detector: Detector): number {
  return BITS.get(detector) ?? 0;
}

export function maskOf(choice: DetectorChoice): number {
  let mask = MASKS.get(choice);
  if (mask === undefined) {
    mask = choice.detectors.reduce((bits, detector) => bits | bitOfDetector(detector), 0);
    MASKS.set(choice, mask);
  }
  return mask;
}
