/** Our own bugs are loud: these throw, and nothing catches them but the edge of a process. */

/** Ends a switch over a union: the compiler proves that no case is left. */
export function assertNever(value: never): never {
  throw new Error(`unexpected case: ${String(value)}`);
}

/** The element at `index`, which the caller knows to be there. */
export function at<T>(items: { readonly [index: number]: T }, index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no element at ${String(index)}`);
  return item;
}
