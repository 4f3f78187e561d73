/** The words of a query that name no field, apart from its conditions: so the same text can be looked for in contents. */
import { ALL, type QueryNode, type TextCondition } from './query-tree.ts';

export interface SplitQuery {
  /** As a search of contents reads them. */
  readonly words: string;
  readonly rest: QueryNode;
}

/** Undefined where no such word must be there: it stands in an `or`, a `not`, or nowhere. */
export function splitText(tree: QueryNode): SplitQuery | undefined {
  const parts = tree.kind === 'and' ? tree.parts : [tree];
  const texts = parts.filter((part): part is TextCondition => part.kind === 'text');
  const words = texts.flatMap(({ pattern }) => pattern.filter((piece) => piece.trim() !== '').map(quote));
  if (words.length === 0) return undefined;
  const others = parts.filter((part) => part.kind !== 'text');
  const [only] = others;
  const rest =
    only === undefined ? ALL : others.length === 1 ? only : ({ kind: 'and', parts: others } as const);
  return { words: words.join(' '), rest };
}

function quote(piece: string): string {
  return /\s/.test(piece) ? `"${piece.replaceAll('"', ' ')}"` : piece;
}
