/** Cuts one word out of a query: letters, quoted stretches and stars that stand without a gap. */
import type { Pattern } from './query-tree.ts';

export type Atom =
  { readonly kind: 'text'; readonly text: string; readonly quoted: boolean } | { readonly kind: 'star' };

export interface Word {
  readonly atoms: readonly Atom[];
  /** Behind its last character. */
  readonly end: number;
  /** Where a quotation mark was opened that is not closed. */
  readonly openQuote: number | undefined;
}

/** What ends a word; `values` are also ended by a comma. */
export function scanWord(text: string, from: number, of: 'value' | 'text'): Word {
  const bare = of === 'value' ? /[^\s()",*]+/y : /[^\s()"*]+/y;
  const atoms: Atom[] = [];
  let end = from;
  while (end < text.length) {
    const mark = text[end];
    if (mark === '*') {
      atoms.push({ kind: 'star' });
      end++;
    } else if (mark === '"') {
      const quoted = scanQuoted(text, end);
      if (quoted === undefined) return { atoms, end: text.length, openQuote: end };
      atoms.push({ kind: 'text', text: quoted.text, quoted: true });
      end = quoted.end;
    } else {
      bare.lastIndex = end;
      const match = bare.exec(text)?.[0];
      if (match === undefined) break;
      atoms.push({ kind: 'text', text: match, quoted: false });
      end += match.length;
    }
  }
  return { atoms, end, openQuote: undefined };
}

function scanQuoted(text: string, from: number): { text: string; end: number } | undefined {
  let inside = '';
  for (let i = from + 1; i < text.length; i++) {
    const mark = text[i] ?? '';
    if (mark === '"') return { text: inside, end: i + 1 };
    const next = text[i + 1];
    if (mark === '\\' && (next === '"' || next === '\\')) {
      inside += next;
      i++;
    } else inside += mark;
  }
  return undefined;
}

export function patternOf(atoms: readonly Atom[]): Pattern {
  const pieces = [''];
  for (const atom of atoms) {
    if (atom.kind === 'star') pieces.push('');
    else pieces[pieces.length - 1] = `${pieces.at(-1) ?? ''}${atom.text}`;
  }
  // Two stars side by side say no more than one.
  return pieces.filter((piece, i) => piece !== '' || i === 0 || i === pieces.length - 1);
}

/** What was written, where nothing in it is quoted or starred. */
export function plainText(atoms: readonly Atom[]): string | undefined {
  const [atom] = atoms;
  return atoms.length === 1 && atom?.kind === 'text' && !atom.quoted ? atom.text : undefined;
}

const ARROW = /->|→/;

/** The two sides of an arrow that is not quoted; undefined where there is none. */
export function splitArrow(
  atoms: readonly Atom[],
): { readonly from: readonly Atom[]; readonly to: readonly Atom[] } | undefined {
  for (const [i, atom] of atoms.entries()) {
    if (atom.kind === 'star' || atom.quoted) continue;
    const arrow = ARROW.exec(atom.text);
    if (arrow === null) continue;
    const side = (text: string): readonly Atom[] =>
      text === '' ? [] : [{ kind: 'text', text, quoted: false }];
    const before = atom.text.slice(0, arrow.index);
    const behind = atom.text.slice(arrow.index + arrow[0].length);
    return { from: [...atoms.slice(0, i), ...side(before)], to: [...side(behind), ...atoms.slice(i + 1)] };
  }
  return undefined;
}
