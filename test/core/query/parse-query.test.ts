import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QUERY_FIELDS } from '../../../core/query/query-fields.ts';
import { parseQuery } from '../../../core/query/parse-query.ts';
import type { QueryNode } from '../../../core/query/query-tree.ts';
import { writeQuery } from '../../../core/query/write-query.ts';
import { randomQuery } from './random-query.ts';

const WORDS = [
  'Billing',
  'Customer support',
  'gpt-5-mini',
  '->',
  'a->b',
  '-x',
  'not',
  'or',
  'agent:x',
  'q"uote',
  'back\\slash',
  '(a)',
  '*',
  'a,b',
  '',
  'مساعد',
  'span',
  '5..6',
  'tab\there',
];

function treeOf(text: string): QueryNode {
  const parsed = parseQuery(text);
  if (parsed.kind === 'fault') throw new Error(`${text}: ${parsed.fault.message}`);
  return parsed.tree;
}

/** The query with marks around the characters of its fault, and what is said of them. */
function faultOf(text: string): readonly [string, string] {
  const parsed = parseQuery(text);
  if (parsed.kind === 'query') throw new Error(`${text} is a query`);
  const { from, to, message } = parsed.fault;
  return [`${text.slice(0, from)}«${text.slice(from, to)}»${text.slice(to)}`, message];
}

describe('the text of a query', () => {
  it('is the same tree when a tree is written and read again', () => {
    fc.assert(
      fc.property(randomQuery(WORDS), (tree) => {
        expect(treeOf(writeQuery(tree))).toEqual(tree);
      }),
      { numRuns: 600 },
    );
  });

  it('is written as it was once it has been written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const parsed = parseQuery(text);
        if (parsed.kind === 'fault') {
          expect(parsed.fault.from).toBeLessThanOrEqual(parsed.fault.to);
          expect(parsed.fault.to).toBeLessThanOrEqual(text.length);
          return;
        }
        const written = writeQuery(parsed.tree);
        expect(treeOf(written)).toEqual(parsed.tree);
        expect(writeQuery(treeOf(written))).toBe(written);
      }),
      { numRuns: 600 },
    );
  });

  it.each([
    ['agent:Billing   duration>5s', 'agent:Billing duration>5s'],
    ['duration:>5s', 'duration>5s'],
    ['tokens=10k', 'tokens:10k'],
    ['a and b or c AND not d', 'a b or c not d'],
    ['(a or b) c', '(a or b) c'],
    ['(a b) (c)', 'a b c'],
    ['-status:completed', 'not status:completed'],
    ['not (a or b)', 'not (a or b)'],
    ['workflow:"Customer support"', 'workflow:"Customer support"'],
    ['workflow:"Billing"', 'workflow:Billing'],
    ['model:gpt-5*', 'model:gpt-5*'],
    ['model:**', 'model:*'],
    ['handoff:Triage→Billing', 'handoff:Triage->Billing'],
    ['handoff:->"Customer care"', 'handoff:*->"Customer care"'],
    ['metadata.tier:gold metadata."my key":x', 'metadata.tier:gold metadata."my key":x'],
    ['metadata.a-b.c>0.5', 'metadata.a-b.c>0.5'],
    ['span(kind:tool error:yes duration>1s)', 'span(kind:function error:true duration>1s)'],
    ['status:running,failed', 'status:in_progress,failed'],
    ['duration:1s..1m30s tokens:10k..', 'duration:1s..1m30s tokens>=10k'],
    ['session:s1', 'group:s1'],
    ['Triage->Billing', 'Triage->Billing'],
    ['"agent:x"', '"agent:x"'],
  ])('reads %s as %s', (given, written) => {
    expect(writeQuery(treeOf(given))).toBe(written);
  });

  it('reads the example of every field, and its name without regard to case', () => {
    for (const { name, example } of QUERY_FIELDS) {
      expect(() => treeOf(example), name).not.toThrow();
      expect(treeOf(example.replace(/\w+/, (word) => word.toUpperCase()))).toEqual(treeOf(example));
    }
  });

  it.each([
    ['agnet:Billing', '«agnet»:Billing', 'There is no field “agnet”. Did you mean agent?'],
    [
      'a http://x',
      'a «http»://x',
      'There is no field “http”. To look for the text, put it in quotation marks.',
    ],
    [
      'a duration>5',
      'a duration>«5»',
      'duration is a length of time with its unit, such as 500ms, 5s, 1m30s or 2h.',
    ],
    ['status:complete', 'status:«complete»', 'status is never “complete”. Did you mean completed?'],
    ['status:bad', 'status:«bad»', 'status is one of in_progress, completed, failed.'],
    [
      'agent>Billing',
      'agent«>»Billing',
      'agent has no more or less. Write it with a colon, such as agent:Billing.',
    ],
    ['agent: Billing', '«agent:» Billing', 'agent needs a value, such as agent:Billing.'],
    ['agent:a,', '«agent:a,»', 'agent needs a value, such as agent:Billing.'],
    ['tokens>lots', 'tokens>«lots»', 'tokens is a number, such as 10, 10k or 1.5M.'],
    ['cost>€2', 'cost>«€2»', 'cost is an amount of money, such as $0.02 or 0.02.'],
    [
      'started:2026-02-30',
      'started:«2026-02-30»',
      'started is a time, such as today, yesterday, 7d, 2026-11-20 or 2026-11-20T14:00.',
    ],
    ['error:maybe', 'error:«maybe»', 'error is true or false.'],
    ['duration:5s..1s', 'duration:«5s..1s»', 'The range ends before it begins.'],
    ['metadata:gold', '«metadata»:gold', 'Say which field of the metadata, such as metadata.tier:gold.'],
    ['metadata.tier>gold', 'metadata.tier>«gold»', 'Only a number can be more or less than metadata.tier.'],
    ['name:x', '«name»:x', '“name” is a field of spans: write span(name:…).'],
    ['span(workflow:x)', 'span(«workflow»:x)', '“workflow” is a field of traces, not of spans.'],
    [
      'span(span(error:true))',
      'span(«span(»error:true))',
      'A span has no spans: span(…) cannot stand in span(…).',
    ],
    ['(a or b', '«(»a or b', 'The bracket is not closed.'],
    ['span(kind:agent', '«span(»kind:agent', 'The bracket is not closed.'],
    ['a) b', 'a«)» b', 'No bracket is open here.'],
    ['a ()', 'a «()»', 'There is nothing between the brackets.'],
    ['a or', 'a or«»', 'A condition is missing after “or”.'],
    ['(a or)', '(a or«»)', 'A condition is missing after “or”.'],
    ['a and', 'a and«»', 'A condition is missing after “and”.'],
    ['a not', 'a not«»', 'A condition is missing after “not”.'],
    ['or a', '«or» a', 'A condition is missing before “or”. For the word itself write "or".'],
    ['agent:"Bill', 'agent:«"Bill»', 'The quotation mark is not closed.'],
  ])('points at what is wrong in %s', (text, pointed, message) => {
    expect(faultOf(text)).toEqual([pointed, message]);
  });

  it('says no to a query that is too long or nested too deep', () => {
    expect(faultOf('a '.repeat(6000))[1]).toBe('The query is too long.');
    expect(faultOf(`${'('.repeat(60)}a${')'.repeat(60)}`)[1]).toBe('The brackets are nested too deep.');
  });

  it('tells what each stretch is, also in front of a fault', () => {
    expect(parseQuery('agent:x or (y)').marks).toEqual([
      { kind: 'condition', from: 0, to: 7 },
      { kind: 'word', from: 8, to: 10 },
      { kind: 'bracket', from: 11, to: 12 },
      { kind: 'text', from: 12, to: 13 },
      { kind: 'bracket', from: 13, to: 14 },
    ]);
    expect(parseQuery('agent:x durtion>1s').marks).toEqual([{ kind: 'condition', from: 0, to: 7 }]);
  });
});
