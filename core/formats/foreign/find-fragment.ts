/** Looks for something whole behind damage: from brace to brace, within a budget, so that it cannot hang. */
import { scanValue, SCAN_MORE, type ValueScan } from '../value-scan.ts';

/** How many bytes may still be scanned in vain. */
export interface FragmentBudget {
  bytes: number;
}

export type FoundFragment =
  /** A line begins with a brace: the structure begins anew. */
  | { readonly kind: 'line'; readonly at: number }
  /** An object that is whole as far as brackets tell. */
  | { readonly kind: 'fragment'; readonly at: number; readonly end: number }
  /** Nothing before `at`; the bytes from there on are needed again. */
  | { readonly kind: 'more'; readonly at: number };

const OPEN_OBJECT = 0x7b;
const LINE_FEED = 0x0a;
const MAX_FRAGMENT_BYTES = 4 * 1024 * 1024;

export function findFragment(
  bytes: Uint8Array,
  from: number,
  final: boolean,
  scan: ValueScan,
  budget: FragmentBudget,
): FoundFragment {
  for (let at = bytes.indexOf(OPEN_OBJECT, from); at >= 0; at = bytes.indexOf(OPEN_OBJECT, at + 1)) {
    if (bytes[at - 1] === LINE_FEED) return { kind: 'line', at };
    if (budget.bytes <= 0) continue;
    const end = scanValue(bytes, at, final, false, scan);
    if (end >= 0) return { kind: 'fragment', at, end };
    const tried = (end === SCAN_MORE ? bytes.length : scan.end) - at;
    budget.bytes -= tried;
    if (end === SCAN_MORE && tried < MAX_FRAGMENT_BYTES) return { kind: 'more', at };
  }
  // A line feed at the very end may be followed by a brace.
  return { kind: 'more', at: bytes.at(-1) === LINE_FEED && !final ? bytes.length - 1 : bytes.length };
}
