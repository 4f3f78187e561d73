/** Cuts a short piece of code into words to colour: enough for a dozen lines, no grammar. */

export interface CodeWord {
  readonly look: 'plain' | 'keyword' | 'string';
  readonly text: string;
}

const WORD = /("[^"\n]*"|'[^'\n]*')|\b(from|import|new)\b/g;

export function codeWords(code: string): readonly CodeWord[] {
  const words: CodeWord[] = [];
  let done = 0;
  for (const match of code.matchAll(WORD)) {
    if (match.index > done) words.push({ look: 'plain', text: code.slice(done, match.index) });
    words.push({ look: match[1] === undefined ? 'keyword' : 'string', text: match[0] });
    done = match.index + match[0].length;
  }
  if (done < code.length) words.push({ look: 'plain', text: code.slice(done) });
  return words;
}
