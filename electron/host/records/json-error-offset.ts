/** Where JSON.parse gave up. Its message quotes the text, which no answer and no log may carry: only the place is read. */

/** Byte offset of a SyntaxError of JSON.parse in the UTF-8 of `text`; undefined where it does not say. */
export function jsonErrorOffset(error: unknown, text: string): number | undefined {
  if (!(error instanceof SyntaxError)) throw error;
  const position = /at position (\d+)/.exec(error.message)?.[1];
  if (position !== undefined) return Buffer.byteLength(text.slice(0, Number(position)));
  return error.message.includes('end of JSON input') ? Buffer.byteLength(text) : undefined;
}
