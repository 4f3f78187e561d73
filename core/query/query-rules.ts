/** How conditions are put together, each rule with an example that the parser reads: the help and docs/query.md show them. */

export interface QueryRule {
  readonly example: string;
  /** One sentence for a person. */
  readonly says: string;
}

export const QUERY_RULES: readonly QueryRule[] = [
  { example: 'refund', says: 'Words without a field: in workflow, agents, models, group or id.' },
  { example: '"open the door"', says: 'In quotation marks a text may have gaps and any signs.' },
  { example: 'agent:Billing duration>5s', says: 'Side by side, both must hold; so with `and`.' },
  { example: 'agent:Billing or agent:Refunds', says: 'One of them must hold.' },
  { example: 'status:failed,in_progress', says: 'Any of the values, in short.' },
  { example: 'not status:completed', says: 'It must not hold; a minus in front says the same.' },
  { example: '(error:true or tripped:*) duration>1m', says: 'Brackets join what belongs together.' },
  { example: 'model:gpt-5*', says: 'A star is any letters. Upper and lower case are one.' },
  { example: 'not group:*', says: 'A star alone is any value: here traces without a group.' },
  { example: 'duration:1s..1m30s', says: 'From one value to another, both included.' },
  { example: 'started:2026-11-20..2026-11-22', says: 'Days are whole; a time of day is where it ends.' },
  { example: 'started>=2026-11-20T14:00', says: 'Times are those where you are; with Z they are UTC.' },
  {
    example: 'span(kind:function error:true duration>1s)',
    says: 'There is one span that is all of this.',
  },
];
