/** Reads `--query`, and says what is wrong with one by pointing at the characters. */
import { visible } from '../core/analysis/text-view.ts';
import { parseQuery } from '../core/query/parse-query.ts';
import type { QueryFault } from '../core/query/query-fault.ts';
import type { QueryNode } from '../core/query/query-tree.ts';
import { say } from './output.ts';

export const QUERY_HELP = 'those that a query finds, such as "agent:Billing duration>5s" (docs/query.md)';

/** Undefined where it is none; then it was said why. */
export function readQueryOption(text: string): QueryNode | undefined {
  const parsed = parseQuery(text);
  if (parsed.kind === 'query') return parsed.tree;
  say(describeFault(text, parsed.fault));
  return undefined;
}

/** As much of a long query as stands on one line. */
const BEFORE = 50;
const BEHIND = 30;

export function describeFault(text: string, { message, from, to }: QueryFault): string {
  const start = Math.max(0, from - BEFORE);
  const end = Math.min(text.length, to + BEHIND);
  const plain = (part: string): string => visible(part.replace(/\s/g, ' '));
  const before = `${start > 0 ? '…' : ''}${plain(text.slice(start, from))}`;
  const pointed = plain(text.slice(from, to));
  const line = `${before}${pointed}${plain(text.slice(to, end))}${end < text.length ? '…' : ''}`;
  return `${message}\n  ${line}\n  ${' '.repeat(before.length)}${'^'.repeat(Math.max(1, pointed.length))}`;
}
