/** Rules by field: `password` is a field of that name anywhere, `span_data.input` a path, `metadata.*` what is below. */

export interface FieldRules {
  readonly isEmpty: boolean;
  /** `path`: the keys from the record to the value; lists are passed through. */
  matches(path: readonly string[]): boolean;
}

export function readFieldRules(rules: readonly string[]): FieldRules {
  const names = new Set(rules.filter((rule) => !/[.*]/.test(rule)));
  const paths = rules.filter((rule) => /[.*]/.test(rule)).map((rule) => rule.split('.'));
  return {
    isEmpty: rules.length === 0,
    matches: (path) => {
      const last = path.at(-1);
      return (last !== undefined && names.has(last)) || paths.some((pattern) => matchesPath(pattern, path));
    },
  };
}

/** `*` is one field, `**` any number of them. */
function matchesPath(pattern: readonly string[], path: readonly string[]): boolean {
  // The places of the pattern that the path so far may have come to.
  let places = withOpenEnds(pattern, new Set([0]));
  for (const key of path) {
    const next = new Set<number>();
    for (const place of places) {
      const part = pattern[place];
      if (part === '**') next.add(place);
      else if (part === '*' || part === key) next.add(place + 1);
    }
    places = withOpenEnds(pattern, next);
  }
  return places.has(pattern.length);
}

function withOpenEnds(pattern: readonly string[], places: Set<number>): Set<number> {
  // What is added while walking is walked too.
  for (const place of places) if (pattern[place] === '**') places.add(place + 1);
  return places;
}
