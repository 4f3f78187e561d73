/** What `using` calls. Older runtimes have no such symbol; compilers bring this one along. */
export const DISPOSE: typeof Symbol.dispose =
  (Symbol as { readonly dispose?: typeof Symbol.dispose }).dispose ??
  (Symbol.for('Symbol.dispose') as typeof Symbol.dispose);
