/** One text of the labelled set: pieces of which some are values of a type, and are said to be. */
import type { BuiltInType } from '../../../core/detect/sensitive-types.ts';

export interface Label {
  readonly type: BuiltInType;
  readonly start: number;
  readonly end: number;
}

export interface Sample {
  readonly text: string;
  /** Key that the text stands at. */
  readonly key?: string;
  readonly labels: readonly Label[];
}

/** A value as it stands in a text; `type` undefined for what only looks like one. */
export interface Planted {
  readonly type: BuiltInType | undefined;
  readonly text: string;
}

/** The sample of a text in which `{}` stands where the value is to stand. */
export function plant(template: string, value: Planted, key?: string): Sample {
  const start = template.indexOf('{}');
  const text = template.replace('{}', () => value.text);
  const labels =
    value.type === undefined ? [] : [{ type: value.type, start, end: start + value.text.length }];
  return { text, labels, ...(key !== undefined && { key }) };
}

/** The same sample inside a wrapping that changes the text: the value is then anywhere in it. */
export function wrapWhole(sample: Sample, wrap: (text: string) => string): Sample {
  const text = wrap(sample.text);
  return { text, labels: sample.labels.map(({ type }) => ({ type, start: 0, end: text.length })) };
}
