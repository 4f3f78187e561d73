/**
 * One walk over the bytes of a text, or of a whole line of JSON: which detectors might find something in it? Most
 * lines have none and are let by. Never clean where `findSensitive` would find: what is judged here is judged by the
 * detectors themselves, over a piece of the text, without the words around that speak against a find.
 */
import { DETECTORS } from '../registry.ts';
import { CLASS_OF, IN_RUN } from './byte-classes.ts';
import { judgeColons, judgeEscape, judgeLookAlike } from './judge-escapes.ts';
import { judgeNumber } from './judge-number.ts';
import { judgeRun } from './judge-run.ts';
import { judgeAt, judgeName } from './judge-secret.ts';
import { AT_SIGN, COLONS, ESCAPE, EVENT, FRAME, LOOK_ALIKE, LOOK_TABLE, NUMBER, WORD } from './look-table.ts';
import { SECRET_BIT, type Looked } from './looked.ts';

/** Nothing that is judged as one word is shorter: the shortest code of letters and digits, with a space in it. */
const LONG_RUN = 15;

/** Bits of detectors as they stand in DETECTORS, and those of `looked.ts`. `wanted`: other detectors are passed over. */
export function lookAtBytes(bytes: Uint8Array, start: number, end: number, wanted: number): number {
  const look: Looked = { bytes, start, end, wanted, found: 0, whole: undefined, asked: new Map() };
  walkStates(look);
  walkRuns(look);
  return look.found;
}

export const ALL_DETECTORS = (1 << DETECTORS.length) - 1;

function walkStates(look: Looked): void {
  const { bytes, end } = look;
  let state = 0;
  for (let i = look.start; i < end; i++) {
    state = LOOK_TABLE[state + (CLASS_OF[bytes[i] ?? 0] ?? 0)] ?? 0;
    if (state < EVENT) continue;
    // The place to go on at, one before it.
    i = judge(look, state - EVENT, i) - 1;
    state = 0;
  }
}

function judge(look: Looked, event: number, i: number): number {
  switch (event) {
    case NUMBER:
      return judgeNumber(look, i);
    case WORD:
      judgeName(look, i);
      return i;
    case AT_SIGN:
      judgeAt(look, i);
      return i + 1;
    case ESCAPE:
      return judgeEscape(look, i);
    case COLONS:
      judgeColons(look, i);
      return i + 1;
    case LOOK_ALIKE:
      return judgeLookAlike(look, i);
    case FRAME:
      look.found |= SECRET_BIT;
      return i + 1;
    default:
      throw new RangeError('the look knows no such event');
  }
}

/** Long words: each of them holds a place of every so many, so only those are looked at. */
function walkRuns(look: Looked): void {
  const { bytes, start, end } = look;
  let before = start - 1;
  for (let i = start + LONG_RUN - 1; i < end; i = before + LONG_RUN) {
    let at = i;
    while (at > before && IN_RUN[bytes[at] ?? 0] === 1) at--;
    if (at > before) {
      before = at;
      continue;
    }
    let stop = i + 1;
    while (stop < end && IN_RUN[bytes[stop] ?? 0] === 1) stop++;
    judgeRun(look, before + 1, stop);
    before = stop;
  }
}
