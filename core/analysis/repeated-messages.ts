/**
 * Which messages of a call were sent or said before. A model remembers nothing, so every call carries the
 * whole conversation again; what is new in it is the little that a reader wants to see.
 *
 *   before, sent and answered   S  U  A
 *   now sent                    S  U  A  R  U'      repeated: S U A, new: R U'
 */

/**
 * For each key of `now`, whether it repeats one of `before`. Order counts, so that what repeats is always a
 * part of `before` as it was; what was left out in between (a context that was cut) hinders nothing.
 */
export function markRepeated(before: readonly string[], now: readonly string[]): readonly boolean[] {
  const places = new Map<string, { readonly all: number[]; next: number }>();
  before.forEach((key, place) => {
    const known = places.get(key);
    if (known === undefined) places.set(key, { all: [place], next: 0 });
    else known.all.push(place);
  });
  let from = 0;
  return now.map((key) => {
    const known = places.get(key);
    if (known === undefined) return false;
    while ((known.all[known.next] ?? from) < from) known.next++;
    const place = known.all[known.next];
    if (place === undefined) return false;
    from = place + 1;
    return true;
  });
}
