/** Both spellings of every field as types: snake_case as it stands on the wire, camelCase as a program writes it. */

export type CamelCase<S extends string> = S extends `_${string}`
  ? S
  : S extends `${infer Head}_${infer Tail}`
    ? `${Head}${Capitalize<CamelCase<Tail>>}`
    : S;

/** The fields of `F` under their camelCase names. */
export type Camelled<F> = { [K in keyof F as K extends string ? CamelCase<K> : never]: F[K] };

/** Further names for fields: `{ agent_name: 'name' }`. */
export type AliasTable<F> = Readonly<Record<string, keyof F & string>>;

export type Aliased<F, A> = {
  -readonly [K in keyof A]?: A[K] extends keyof F ? F[A[K]] | undefined : never;
};

/** Everything a field may be called. */
export type EverySpelling<F, A> = F & Camelled<F> & Aliased<F, A> & Camelled<Aliased<F, A>>;

export function camelCase(name: string): string {
  return name.startsWith('_') ? name : name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
