import { describe, expect, it } from 'vitest';
import {
  placeOfCaret,
  suggestFields,
  suggestValue,
  suggestWords,
  takeSuggestion,
} from '../../../core/query/complete-query.ts';

/** The caret stands at `|`. What it is in, and the text that a suggestion would replace. */
function placeIn(drawn: string): string {
  const caret = drawn.indexOf('|');
  const text = drawn.replace('|', '');
  const place = placeOfCaret(text, caret);
  if (place === undefined) return 'nothing';
  const what =
    place.kind === 'field' ? 'field' : `value of ${place.field.name}${place.key && `.${place.key}`}`;
  return `${what}${place.inSpan ? ' of a span' : ''}: ${text.slice(place.from, place.to)} (${place.typed})`;
}

describe('completing a query', () => {
  it.each([
    ['|', 'field:  ()'],
    ['ag|', 'field: ag (ag)'],
    ['a:x du|r', 'field: dur (du)'],
    ['-st|', 'field: st (st)'],
    ['(ag|', 'field: ag (ag)'],
    ['span(ki|', 'field of a span: ki (ki)'],
    ['span(kind:fu|', 'value of kind of a span: fu (fu)'],
    ['span((kind:a) na|', 'field of a span: na (na)'],
    ['span(kind:agent) ag|', 'field: ag (ag)'],
    ['agent:Bi|', 'value of agent: Bi (Bi)'],
    ['agent:|', 'value of agent:  ()'],
    ['agent:Billing,Re|', 'value of agent: Re (Re)'],
    ['agent:Billing,Re|f x', 'value of agent: Ref (Re)'],
    ['workflow:"Customer su|', 'value of workflow: "Customer su (Customer su)'],
    ['workflow:"Customer su|pport" x', 'value of workflow: "Customer support" (Customer su)'],
    ['metadata.tier:g|', 'value of metadata.tier: g (g)'],
    ['duration>1|', 'value of duration: 1 (1)'],
    ['nothing:x|', 'nothing'],
    ['"free te|', 'nothing'],
  ])('sees in %s the %s', (drawn, place) => {
    expect(placeIn(drawn)).toBe(place);
  });

  it('offers the fields that begin with the letters, then those that have them, of traces or of spans', () => {
    expect(suggestFields('tok', false).map(({ text }) => text)).toEqual([
      'tokens>',
      'tokens.input>',
      'tokens.output>',
      'tokens.cached>',
      'tokens.reasoning>',
    ]);
    expect(suggestFields('name', true).map(({ text }) => text)).toEqual(['name:']);
    expect(suggestFields('name', false)).toEqual([]);
    expect(suggestFields('sess', false).map(({ text }) => text)).toEqual(['group:']);
    expect(suggestFields('spa', false).map(({ text }) => text)).toEqual(['spans>', 'span(']);
  });

  it('offers the words of a field that has few, and else leaves it to who knows', () => {
    const wordsAt = (text: string) => {
      const place = placeOfCaret(text, text.length);
      return place?.kind === 'value' ? suggestWords(place)?.map((each) => each.text) : undefined;
    };
    expect(wordsAt('status:')).toEqual(['in_progress', 'completed', 'failed']);
    expect(wordsAt('error:t')).toEqual(['true']);
    expect(wordsAt('started:y')).toEqual(['yesterday']);
    expect(wordsAt('agent:B')).toBeUndefined();
  });

  it('puts a value into the place of what was typed, in quotation marks where it needs them', () => {
    const text = 'workflow:cus duration>1s';
    const place = placeOfCaret(text, 12);
    if (place === undefined) throw new Error('no place');
    expect(takeSuggestion(text, place, suggestValue('Customer support', 12))).toEqual({
      text: 'workflow:"Customer support" duration>1s',
      caret: 27,
    });
    expect(suggestValue('Customer support', 1200)).toMatchObject({
      says: '1,200',
      label: 'Customer support',
    });
  });
});
