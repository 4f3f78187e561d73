/** Finds fields by the words that people use for them. */
import { QUERY_FIELDS, type FieldName, type NamedField, type QueryField } from './query-fields.ts';

const BY_WORD: ReadonlyMap<string, NamedField> = new Map(
  QUERY_FIELDS.flatMap((field: NamedField) =>
    [field.name, ...(field.aliases ?? [])].map((word) => [word, field] as const),
  ),
);

/** By its name or another word for it. */
export function findField(word: string): NamedField | undefined {
  return BY_WORD.get(word.toLowerCase());
}

export function getField(name: FieldName): NamedField {
  const field = BY_WORD.get(name);
  if (field === undefined) throw new RangeError(`no field ${name}`);
  return field;
}

/** Every word that names a field of a trace, or of a span. */
export function fieldWords(of: 'trace' | 'span'): readonly string[] {
  const fields: readonly QueryField[] = QUERY_FIELDS;
  return fields
    .filter((field) => (of === 'trace' ? field.trace !== undefined : field.span === true))
    .flatMap(({ name, aliases = [] }) => [name, ...aliases]);
}
