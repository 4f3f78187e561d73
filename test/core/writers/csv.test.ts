import { describe, expect, it } from 'vitest';
import { writeCsvRow } from '../../../core/writers/csv.ts';

describe('fault 50: a cell', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\u00a0=1', '|cmd', '%x', '＝1'])(
    'that a spreadsheet would reckon is text: %j',
    (text) => {
      expect(writeCsvRow([text])).toMatch(/^"'/);
    },
  );

  it('is written as it is where it is plain, and quoted where it must be', () => {
    expect(
      writeCsvRow(['plain', 'a,b', 'say "hi"', 'two\nlines', -1.5, true, null, undefined, Number.NaN]),
    ).toBe('plain,"a,b","say ""hi""","two\nlines",-1.5,true,,,\r\n');
  });
});
