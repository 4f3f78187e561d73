/** Lists that were flattened into keys (`llm.input_messages.0.message.role`) made whole again. */
import type { Json } from '../../model/json.ts';
import type { Attributes } from './attributes.ts';

/** A key with more pieces is not one of these. */
const MAX_PIECES = 24;

interface Branch {
  value: Json | undefined;
  readonly children: Map<string, Branch>;
}

/** The list or object below a prefix such as `gen_ai.prompt.`; undefined where nothing stands there. */
export function readIndexed(attributes: Attributes, prefix: string): Json | undefined {
  const entries = attributes.below(prefix);
  if (entries.length === 0) return undefined;
  const root: Branch = { value: undefined, children: new Map() };
  for (const [key, value] of entries) {
    const pieces = key.split('.', MAX_PIECES);
    let branch = root;
    for (const piece of pieces) {
      let next = branch.children.get(piece);
      if (next === undefined) {
        next = { value: undefined, children: new Map() };
        branch.children.set(piece, next);
      }
      branch = next;
    }
    branch.value = value;
  }
  return build(root);
}

/** As deep as a key has pieces, which is bounded. */
function build({ value, children }: Branch): Json {
  if (children.size === 0) return value ?? null;
  const keys = [...children.keys()];
  const built = (key: string): Json => build(children.get(key) ?? { value: undefined, children: new Map() });
  if (keys.every((key) => /^\d{1,6}$/.test(key))) {
    return keys.sort((a, b) => Number(a) - Number(b)).map(built);
  }
  return Object.fromEntries(keys.map((key): [string, Json] => [key, built(key)]));
}
