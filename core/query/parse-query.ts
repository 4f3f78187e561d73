/**
 * Reads the text of a query. It never throws on what somebody typed: what is wrong is a fault that points at
 * the characters it is about.
 *
 *   query     = [ either ]
 *   either    = both { "or" both }
 *   both      = part { [ "and" ] part }
 *   part      = ( "not" | "-" ) part | "(" either ")" | "span(" either ")" | condition | word
 *   condition = field ( ":" | "=" | [ ":" ] ( ">" | ">=" | "<" | "<=" ) ) value { "," value }
 */
import { FAULTS, type QueryFault } from './query-fault.ts';
import { findField } from './find-field.ts';
import type { NamedField } from './query-fields.ts';
import { ALL, type Comparison, type QueryNode, type ValueTest } from './query-tree.ts';
import { readTest } from './read-test.ts';
import { patternOf, scanWord, type Word } from './scan-word.ts';

export type ParsedQuery =
  | { readonly kind: 'query'; readonly tree: QueryNode; readonly marks: readonly QueryMark[] }
  /** `marks`: what was understood before the fault. */
  | { readonly kind: 'fault'; readonly fault: QueryFault; readonly marks: readonly QueryMark[] };

/** What a stretch of the text is, for whoever colours it. */
export interface QueryMark {
  readonly kind: 'condition' | 'text' | 'word' | 'bracket';
  readonly from: number;
  readonly to: number;
}

const MAX_LENGTH = 10_000;
const MAX_DEPTH = 40;

export function parseQuery(text: string): ParsedQuery {
  const reader = new QueryReader(text);
  try {
    return { kind: 'query', tree: reader.readAll(), marks: reader.marks };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { kind: 'fault', fault: error.fault, marks: reader.marks };
  }
}

/** Leaves the reader; never leaves this file. */
class Fault extends Error {
  readonly fault: QueryFault;

  constructor(message: string, from: number, to: number) {
    super(message);
    this.fault = { message, from, to };
  }
}

/** A field and what stands between it and its value. Dashes are part of a name, `Triage->Billing` is none. */
export const CONDITION_HEAD =
  /((?:metadata\.(?:"(?:[^"\\]|\\.)*"|[\p{L}\p{N}_][\p{L}\p{N}_.-]*[\p{L}\p{N}_]|[\p{L}\p{N}_]))|[\p{L}_][\p{L}\p{N}_.]*(?:-[\p{L}\p{N}_.]+)*)(:>=|:<=|:>|:<|>=|<=|:|>|<|=)/iuy;
const KEYWORD = /(and|or|not)(?=[\s()]|$)/iy;
const SPAN_HEAD = /span\(/iy;
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '=': '=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

class QueryReader {
  readonly marks: QueryMark[] = [];
  readonly #text: string;
  #at = 0;
  #depth = 0;
  #inSpan = false;

  constructor(text: string) {
    this.#text = text;
  }

  readAll(): QueryNode {
    const { length } = this.#text;
    if (length > MAX_LENGTH) throw new Fault(FAULTS.tooLong(), MAX_LENGTH, length);
    this.#skipSpace();
    if (this.#at === length) return ALL;
    const tree = this.#readEither();
    if (this.#at < length) throw new Fault(FAULTS.strayBracket(), this.#at, this.#at + 1);
    return tree;
  }

  #readEither(): QueryNode {
    const parts = [this.#readBoth()];
    for (let word = this.#takeKeyword('or'); word !== undefined; word = this.#takeKeyword('or')) {
      if (this.#isAtEnd()) throw new Fault(FAULTS.missingPart(word), this.#at, this.#at);
      parts.push(this.#readBoth());
    }
    return join('or', parts);
  }

  #readBoth(): QueryNode {
    const parts = [this.#readPart()];
    for (;;) {
      const word = this.#takeKeyword('and');
      if (this.#isAtEnd()) {
        if (word !== undefined) throw new Fault(FAULTS.missingPart(word), this.#at, this.#at);
        break;
      }
      if (word === undefined && this.#seesKeyword() === 'or') break;
      parts.push(this.#readPart());
    }
    return join('and', parts);
  }

  #readPart(): QueryNode {
    const from = this.#at;
    const word = this.#seesKeyword();
    if (word === 'and' || word === 'or') {
      throw new Fault(FAULTS.strayWord(this.#text.slice(from, from + word.length)), from, from + word.length);
    }
    const isMinus = this.#text[from] === '-' && /[\p{L}_("]/u.test(this.#text[from + 1] ?? '');
    if (word === 'not' || isMinus) return this.#readNot(isMinus ? 1 : 3);
    if (this.#sees(SPAN_HEAD) !== undefined) return this.#readSpan();
    if (this.#text[from] === '(') return this.#readBrackets(1);
    if (this.#text[from] === ')') throw new Fault(FAULTS.strayBracket(), from, from + 1);
    const head = this.#sees(CONDITION_HEAD);
    return head === undefined ? this.#readText() : this.#readCondition(head);
  }

  #readNot(length: number): QueryNode {
    const from = this.#at;
    this.#take('word', length);
    if (this.#isAtEnd()) {
      throw new Fault(FAULTS.missingPart(this.#text.slice(from, from + length)), this.#at, this.#at);
    }
    this.#deepen(from);
    const part = this.#readPart();
    this.#depth--;
    return { kind: 'not', part };
  }

  #readSpan(): QueryNode {
    const from = this.#at;
    if (this.#inSpan) throw new Fault(FAULTS.nestedSpan(), from, from + 'span('.length);
    this.#inSpan = true;
    const part = this.#readBrackets('span('.length);
    this.#inSpan = false;
    return { kind: 'span', part };
  }

  #readBrackets(length: number): QueryNode {
    const from = this.#at;
    this.#take('bracket', length);
    if (this.#text[this.#at] === ')') throw new Fault(FAULTS.emptyBrackets(), from, this.#at + 1);
    if (this.#at === this.#text.length) throw new Fault(FAULTS.openBracket(), from, from + length);
    this.#deepen(from);
    const part = this.#readEither();
    this.#depth--;
    if (this.#text[this.#at] !== ')') throw new Fault(FAULTS.openBracket(), from, from + length);
    this.#take('bracket', 1);
    return part;
  }

  #readText(): QueryNode {
    const from = this.#at;
    const word = this.#scan('text');
    this.#markFrom('text', from);
    return { kind: 'text', pattern: patternOf(word.atoms) };
  }

  #readCondition([head = '', name = '', mark = '']: RegExpExecArray): QueryNode {
    const from = this.#at;
    const { field, key } = this.#readField(name, from);
    const comparison = COMPARISONS[mark.length > 1 ? mark.replace(':', '') : mark];
    this.#at += head.length;
    const tests: ValueTest[] = [];
    do {
      if (tests.length > 0) this.#at++;
      const start = this.#at;
      const word = this.#scan('value');
      if (word.atoms.length === 0)
        throw new Fault(FAULTS.missingValue(field), from, Math.max(start, from + 1));
      const read = readTest(word.atoms, comparison, field, key);
      if ('message' in read) {
        // Where more or less has no meaning the sign is wrong, else the value.
        const isSign = read.message === FAULTS.noComparison(field);
        throw new Fault(read.message, isSign ? from + name.length : start, isSign ? start : word.end);
      }
      tests.push(read.test);
    } while (this.#text[this.#at] === ',');
    this.#markFrom('condition', from);
    return { kind: 'field', field: field.name, key, tests };
  }

  #readField(name: string, from: number): { readonly field: NamedField; readonly key: string } {
    const dot = name.indexOf('.');
    const isMetadata = dot === 'metadata'.length && name.slice(0, dot).toLowerCase() === 'metadata';
    const word = isMetadata ? 'metadata' : name;
    const to = from + name.length;
    const field = findField(word);
    if (field === undefined) {
      throw new Fault(FAULTS.unknownField(word, this.#inSpan ? 'span' : 'trace'), from, to);
    }
    if (this.#inSpan && field.span !== true) throw new Fault(FAULTS.ofTraceOnly(word), from, to);
    if (!this.#inSpan && field.trace === undefined) throw new Fault(FAULTS.ofSpanOnly(word), from, to);
    if (field.name === 'metadata' && !isMetadata) throw new Fault(FAULTS.missingKey(), from, to);
    const key = isMetadata ? name.slice(dot + 1) : '';
    return { field, key: key.startsWith('"') ? patternOf(scanWord(key, 0, 'value').atoms).join('*') : key };
  }

  #scan(of: 'value' | 'text'): Word {
    const word = scanWord(this.#text, this.#at, of);
    if (word.openQuote !== undefined) throw new Fault(FAULTS.openQuote(), word.openQuote, this.#text.length);
    this.#at = word.end;
    return word;
  }

  #markFrom(kind: QueryMark['kind'], from: number): void {
    this.marks.push({ kind, from, to: this.#at });
    this.#skipSpace();
  }

  #take(kind: QueryMark['kind'], length: number): void {
    const from = this.#at;
    this.#at += length;
    this.#markFrom(kind, from);
  }

  #takeKeyword(wanted: 'and' | 'or'): string | undefined {
    if (this.#seesKeyword() !== wanted) return undefined;
    const word = this.#text.slice(this.#at, this.#at + wanted.length);
    this.#take('word', wanted.length);
    return word;
  }

  #seesKeyword(): string | undefined {
    return this.#sees(KEYWORD)?.[0].toLowerCase();
  }

  #sees(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text) ?? undefined;
  }

  #isAtEnd(): boolean {
    return this.#at >= this.#text.length || (this.#text[this.#at] === ')' && this.#depth > 0);
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #deepen(from: number): void {
    if (++this.#depth > MAX_DEPTH) throw new Fault(FAULTS.tooDeep(), from, this.#at);
  }
}

/** What is joined by one word all through has no brackets of its own. */
function join(kind: 'and' | 'or', parts: readonly QueryNode[]): QueryNode {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : { kind, parts: flat };
}
