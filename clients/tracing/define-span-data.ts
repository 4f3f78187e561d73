/** Makes the class of one kind's data: its fields stand under their wire names and answer to every spelling. */
import { camelCase, type AliasTable, type EverySpelling } from './field-names.ts';

/** What every span's data has. */
export interface SpanData {
  readonly type: string;
}

export type SpanDataOf<T extends string, F, A> = { readonly type: T } & Partial<EverySpelling<F, A>>;

export interface SpanDataClass<T extends string, F, A> {
  new (fields?: Readonly<Partial<EverySpelling<F, A>>>): SpanDataOf<T, F, A>;
  /** The wire name of a spelling; undefined for a name that the kind doesn't know. */
  readonly wireName: (spelling: string) => string | undefined;
}

/**
 * @param fields Wire names, each with a value of the right type or undefined: only the names are used.
 * @param aliases Further names. @param rest Where unknown fields go: into the data itself, or one field of it.
 */
export function defineSpanData<T extends string, F extends object, A extends AliasTable<F>>(
  type: T,
  fields: readonly (keyof F & string)[],
  aliases: A,
  rest?: keyof F & string,
): SpanDataClass<T, F, A> {
  const names = new Map<string, string>();
  const add = (spelling: string, wire: string): void => {
    for (const each of [spelling, camelCase(spelling)]) if (!names.has(each)) names.set(each, wire);
  };
  for (const field of fields) add(field, field);
  for (const [alias, field] of Object.entries(aliases)) add(alias, field);

  class Data {
    static readonly wireName = (spelling: string): string | undefined => names.get(spelling);
    readonly type = type;
    constructor(given: object = {}) {
      const own = this as Record<string, unknown>;
      for (const [spelling, value] of Object.entries(given as Readonly<Record<string, unknown>>)) {
        if (value === undefined || spelling === 'type') continue;
        const wire = names.get(spelling);
        if (wire === undefined && rest !== undefined)
          own[rest] = { ...asObject(own[rest]), [spelling]: value };
        else own[wire ?? spelling] = value;
      }
    }
  }
  for (const [spelling, wire] of names) if (spelling !== wire) addAlias(Data.prototype, spelling, wire);
  // The accessors that make it so are defined just above, from the very names of the type.
  return Data as unknown as SpanDataClass<T, F, A>;
}

/** An accessor on the prototype: it is readable and writable, and never part of what is exported. */
function addAlias(prototype: object, spelling: string, wire: string): void {
  Object.defineProperty(prototype, spelling, {
    configurable: true,
    get(this: Record<string, unknown>) {
      return this[wire];
    },
    set(this: Record<string, unknown>, value: unknown) {
      this[wire] = value;
    },
  });
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
