/** Spans that no rule has a word for go a shorter way: it must lead to the very line and row of the long one. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttributedSpan } from '../../../../core/formats/genai/attributed-span.ts';
import { convertSpan } from '../../../../core/formats/genai/convert-span.ts';
import { factOfKey } from '../../../../core/formats/genai/ruled-keys.ts';
import { writePlainSpan } from '../../../../core/formats/genai/write-plain-span.ts';
import { convertedFormat } from '../../../../core/formats/registry.ts';

const OTHER_WORDS = /^(az|azure|details|inputTokenDetails|cache_\w+|reasoning|trace|choice|net|url|http)\./;
const RULES = new URL('../../../../core/formats/genai/', import.meta.url);
const own = convertedFormat({ name: 'otlp', source: 'otlp' });

const text = fc.oneof(fc.string(), fc.constantFrom('größer', '答', '🎉', 'a"b\\c\n', '\ud800'));
const time = fc.option(
  fc.record({ us: fc.integer({ min: 1, max: 4e15 }), restNs: fc.integer({ min: 0, max: 999 }) }),
  { nil: undefined },
);
const span: fc.Arbitrary<AttributedSpan> = fc.record({
  traceId: fc.string({ minLength: 1 }),
  spanId: fc.string({ minLength: 1 }),
  parentId: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  name: fc.oneof(text, fc.constantFrom('guardrail check', 'agent run', 'mcp_tools', 'running tools')),
  start: time,
  end: time,
  attributes: fc.dictionary(
    fc.constantFrom('step', 'größe', 'a.b', 'x.mime_type', '__proto__', 'constructor', '7'),
    fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.integer())),
  ),
  events: fc.constant([]),
  links: fc.array(fc.record({ traceId: text }), { maxLength: 1 }),
  kind: fc.constantFrom(undefined, 'SPAN_KIND_CLIENT'),
  status: fc.record({ code: fc.constantFrom('unset' as const, 'ok' as const), message: text }),
  scope: fc.record({ name: fc.constantFrom('', 'mine', 'livekit-agents', 'langfuse-sdk'), version: text }),
  resource: fc.constantFrom({}, { 'service.name': 'größe' }),
  extra: fc.constantFrom({}, { flags: 256 }),
});

describe('a span without attributes that rules know', () => {
  it('is written as the rules would have it', () => {
    let written = 0;
    fc.assert(
      fc.property(span, (each) => {
        const plain = writePlainSpan(each, 'otlp', 'key');
        if (plain === undefined) return;
        written++;
        const { item, unread, source } = convertSpan(each, 'otlp', 'key');
        expect(plain.line).toBe(JSON.stringify(item));
        expect(plain.record).toEqual(own.readRecord(item));
        expect([plain.unread, plain.source]).toEqual([unread, source]);
      }),
      { numRuns: 500, seed: 1 },
    );
    expect(written).toBeGreaterThan(200);
  });

  it('goes the long way for an attribute, an event, an error or a long name that rules look at', () => {
    const [plain] = fc.sample(span, { numRuns: 1, seed: 3 });
    if (plain === undefined) throw new Error('no span');
    const base: AttributedSpan = {
      ...plain,
      name: 'step',
      attributes: { step: 1 },
      scope: { name: '', version: '' },
    };
    expect(writePlainSpan(base, 'otlp', undefined)).toBeDefined();
    for (const change of [
      { attributes: { 'gen_ai.request.model': 'm' } },
      { attributes: { model: 'm' } },
      { events: [{ name: 'exception', at: undefined, attributes: {} }] },
      { status: { code: 'error' as const, message: '' } },
      { name: 'x'.repeat(200) },
      { spanId: 'x'.repeat(2000) },
    ]) {
      expect(
        writePlainSpan({ ...base, ...change }, 'otlp', undefined),
        JSON.stringify(change),
      ).toBeUndefined();
    }
  });
});

it('Every attribute that a rule names counts as one that rules know', () => {
  const named = readdirSync(RULES).flatMap((file) => {
    const source = readFileSync(new URL(file, RULES), 'utf8');
    const dotted = [...source.matchAll(/'([a-z_]+[.:][A-Za-z_.:]+)'/g)].map(([, key = '']) => key);
    const asked = [
      ...source.matchAll(/attributes\s*\.(?:first|has|text|number|json|object|below|hasBelow)\(([^()]*)\)/g),
    ];
    const plain = asked.flatMap(([, list = '']) =>
      [...list.matchAll(/'([^']+)'/g)].map(([, key = '']) => key),
    );
    return [...dotted, ...plain];
  });
  const unknown = named.filter((key) => factOfKey(key).kind !== 'ruled');
  expect(named.length).toBeGreaterThan(200);
  // Names of objects and providers, parts of keys that are put together, and the beginnings of keys that are only passed over in silence.
  expect(unknown.filter((key) => !OTHER_WORDS.test(key))).toEqual([]);
});
