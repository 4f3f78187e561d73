/** Finds what is sensitive in a text by its form: every view of the text is searched by the detectors that may find. */
import { findBase64Texts } from './base64-text.ts';
import type { DetectorChoice, SensitiveMatch } from './detector.ts';
import { bitOfDetector, lookAtText, maskOf } from './look/look-at-text.ts';
import { BASE64_BIT } from './look/looked.ts';
import { mergeMatches } from './merge-matches.ts';
import { viewsOf } from './views.ts';

export type { DetectorChoice, SensitiveMatch } from './detector.ts';

/**
 * `key`: the one that the text stands at; it tells what a number is, as the words before it would.
 * Finds never overlap and come in the order of the text.
 */
export function findSensitive(text: string, wanted: DetectorChoice, key?: string): readonly SensitiveMatch[] {
  if (text.length < SHORTEST) return NONE;
  const lead = key === undefined || key === '' ? '' : `${key}: `;
  const found = search(lead + text, wanted, DEEPEST)
    .filter(({ end }) => end > lead.length)
    .map(({ type, start, end }) => ({
      type,
      start: Math.max(start - lead.length, 0),
      end: end - lead.length,
    }));
  return found.length < 2 ? found : mergeMatches(found);
}

/** Nothing that is found is shorter. */
const SHORTEST = 3;
/** Base64 of base64 of a text is looked into, and no deeper. */
const DEEPEST = 2;
const NONE: readonly SensitiveMatch[] = [];

function search(text: string, wanted: DetectorChoice, depth: number): readonly SensitiveMatch[] {
  const mask = maskOf(wanted);
  const whole = lookAtText(text, mask);
  if (wanted.isOurs && whole === 0) return NONE;
  const matches: SensitiveMatch[] = [];
  for (const view of viewsOf(text)) {
    const may = view.text === text ? whole : lookAtText(view.text, mask);
    for (const detector of wanted.detectors) {
      const bit = bitOfDetector(detector);
      if (bit !== 0 && (may & bit) === 0) continue;
      detector.find(view.text, (start, end) => {
        matches.push({ type: detector.type, start: view.sourceStart(start), end: view.sourceEnd(end) });
      });
    }
    if (depth === 0 || (may & BASE64_BIT) === 0) continue;
    for (const inner of findBase64Texts(view.text)) {
      // A part of it cannot be taken out: it would decode no more.
      const first = mergeMatches(search(inner.text, wanted, depth - 1)).at(0);
      if (first === undefined) continue;
      matches.push({
        type: first.type,
        start: view.sourceStart(inner.start),
        end: view.sourceEnd(inner.end),
      });
    }
  }
  return matches;
}
