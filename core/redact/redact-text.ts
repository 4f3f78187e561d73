/**
 * Redacts one text until nothing is found in it any more, so a second pass changes nothing. Markers divide it:
 * what stands between them is looked at as a text of its own.
 */
import { findSensitive } from '../detect/find-sensitive.ts';
import type { DetectorChoice, SensitiveMatch } from '../detect/detector.ts';
import type { SensitiveType } from '../detect/sensitive-types.ts';
import { MARK } from './markers.ts';

export interface TextRedaction {
  readonly choice: DetectorChoice;
  readonly mark: (type: SensitiveType, found: string) => string;
  readonly count: (type: SensitiveType) => void;
}

/** A text that still gives something after so many turns was made to hold up whoever reads it: it goes as a whole. */
const MOST_TURNS = 32;

export function redactText(text: string, key: string | undefined, parts: TextRedaction): string {
  let current = text;
  let last: SensitiveType = 'secret';
  const count = (type: SensitiveType): void => {
    last = type;
    parts.count(type);
  };
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const next = redactOnce(current, key, { ...parts, count });
    if (next === current) return current;
    current = next;
  }
  return parts.mark(last, current);
}

function redactOnce(text: string, key: string | undefined, parts: TextRedaction): string {
  if (!text.includes('[')) return redactPart(text, key, parts);
  let done = '';
  let from = 0;
  for (const marker of text.matchAll(MARK)) {
    done += redactPart(text.slice(from, marker.index), key, parts) + marker[0];
    from = marker.index + marker[0].length;
  }
  return done + redactPart(text.slice(from), key, parts);
}

function redactPart(text: string, key: string | undefined, { choice, mark, count }: TextRedaction): string {
  const matches = findSensitive(text, choice, key);
  if (matches.length === 0) return text;
  let done = '';
  let from = 0;
  for (const match of matches) {
    const found = text.slice(match.start, match.end);
    const quote = quoteOfNumber(text, match);
    done += text.slice(from, match.start) + quote + mark(match.type, found) + quote;
    count(match.type);
    from = match.end;
  }
  return done + text.slice(from);
}

/** A bare number in JSON inside of the text: what stands for it must be a text, in quotes as its key is. */
function quoteOfNumber(text: string, { start, end }: SensitiveMatch): string {
  if (!/^\d+$/.test(text.slice(start, end)) || !/^\s{0,20}[,}\]]/.test(text.slice(end, end + 21))) return '';
  const before = text.slice(Math.max(0, start - 40), start);
  return /(\\{0,7}")\s{0,9}:\s{0,9}$/.exec(before)?.[1] ?? '';
}
