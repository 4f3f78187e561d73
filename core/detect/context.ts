/** The words around a number: they tell a telephone from an order, and neither has a checksum for it. */

/** So far before a number a word speaks for or against it. */
const REACH = 48;

/** True where `words` stands shortly before `start`; `words` is tried at the end of what stands there. */
export function isNamed(text: string, start: number, words: RegExp): boolean {
  return words.test(before(text, start));
}

function before(text: string, start: number): string {
  const near = text.slice(Math.max(0, start - REACH), start);
  // Another field, or another sentence, says nothing of this one.
  const border = Math.max(...BORDERS.map((mark) => near.lastIndexOf(mark)), findSentenceEnd(near));
  return spaceWords(near.slice(border + 1));
}

export function spaceWords(text: string): string {
  return text.replace(CAMEL, '$1 $2').replace(GLUE, ' ');
}

const BORDERS = ['\n\n', '; ', '}', '",', "',"];

/** Where the last sentence before ends; `no.` and `tel.` end none. */
function findSentenceEnd(near: string): number {
  return /^[\s\S]*[^\s.]{4}(?=\. )/.exec(near)?.[0].length ?? -1;
}

/** `phoneNumber` and `phone_number` are words as well. */
const CAMEL = /([a-z])([A-Z])/g;
const GLUE = /_/g;

/**
 * A label such as `order no.`, `id:` or `sku =` right before: then the number is that, whatever it looks like.
 */
const OTHER_LABEL =
  /\b(?:orders?|invoices?|tickets?|issues?|cases?|refs?|references?|track(?:ing)?|shipments?|parcels?|sku|parts?|serials?|batch|lots?|build|commit|revision|rev|version|ver|id|ids|uuid|guid|request|req|trace|span|session|run|job|task|event|transaction|txn|timestamp|ts|epoch|millis|nanos?|offset|seed|checksum|crc|hash|digest|sha|isbn|issn|doi|ean|upc|gtin|asin|po|purchase|quote|row|line|page|size|bytes|length|count|total|amount|qty|quantity|port|pid|article|item|product|model|catalog|meter|policy|claim|confirmation|booking|flight|room|bestellung|bestellnummer|auftrag|rechnung)(?: ?(?:no|nr|num|number|numbers|code|key|id|ids|key|ref|at|unix|ms|us|ns)\b)*[\s"'`\\#:=.(>[-]{0,8}$/i;

export function isLabelledOtherwise(text: string, start: number): boolean {
  return isNamed(text, start, OTHER_LABEL);
}
