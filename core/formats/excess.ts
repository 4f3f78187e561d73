/** What makes a record too costly to be parsed at all, whoever reads it. */

/** Deeper nesting is refused: JSON.stringify and every recursive reader break on it. */
export const MAX_DEPTH = 1000;
/** A list or an object of two bytes takes 40 and more when it is parsed; the answers of models hold far fewer. */
export const MAX_CONTAINERS = 1_000_000;

/** The code of what is too much about a record, as its scan counted it. */
export function findExcess({
  depth,
  containers,
}: {
  readonly depth: number;
  readonly containers: number;
}): 'too-deep' | 'too-many-containers' | undefined {
  if (depth > MAX_DEPTH) return 'too-deep';
  return containers > MAX_CONTAINERS ? 'too-many-containers' : undefined;
}
