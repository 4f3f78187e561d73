/** Rules 22 to 26: nothing names the kind, so what else the span carries is taken as a hint. */
import type { AttributedSpan } from './attributed-span.ts';
import type { Attributes } from './attributes.ts';
import type { KindMatch } from './kind-tables.ts';

type Test = (attributes: Attributes, span: AttributedSpan) => KindMatch | undefined;

export const matchHint: Readonly<Record<22 | 23 | 24 | 25 | 26, Test>> = {
  // A call's id alone refers to somebody else's call.
  22: (attributes) => (attributes.has('gen_ai.tool.name') ? { kind: 'function' } : undefined),
  23: (attributes) => {
    const keys = ['gen_ai.request.model', 'gen_ai.response.model', 'llm.model_name', 'ai.model.id', 'model'];
    return attributes.text(...keys) === undefined ? undefined : { kind: 'generation' };
  },
  24: (attributes, { name }) => {
    const named = attributes.has('gen_ai.guardrail.name', 'guardrail.name') || /guardrail/i.test(name);
    return named ? { kind: 'guardrail' } : undefined;
  },
  25: (attributes) => {
    if (attributes.hasBelow('http.', 'url.')) return { kind: 'custom', subkind: 'http' };
    if (attributes.hasBelow('db.vector')) return { kind: 'custom', subkind: 'retriever' };
    return attributes.hasBelow('db.') ? { kind: 'custom', subkind: 'db' } : undefined;
  },
  26: (attributes) =>
    attributes.hasBelow('gen_ai.') ? { kind: 'custom', subkind: 'unknown_genai' } : undefined,
};
