/** docs/settings.md, its schema, and what the host takes say the same. */
import { describe, expect, it } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../core/model/json.ts';
import { checkSettings, DEFAULT_SETTINGS } from '../../core/rpc/check-settings.ts';
import { findFaults } from '../contract/schemas.ts';
import { readText } from '../rules/source-tree.ts';

/** Names with their defaults; those of a group behind a point. */
function leaves(group: object, prefix = ''): [string, unknown][] {
  return Object.entries(group).flatMap(([key, value]): [string, unknown][] =>
    isJsonObject(value) ? leaves(value, `${prefix}${key}.`) : [[`${prefix}${key}`, value]],
  );
}

function schemaLeaves(schema: Json, prefix = ''): [string, unknown][] {
  const properties = isJsonObject(schema) && schema['properties'];
  if (!isJsonObject(properties)) return [];
  return Object.entries(properties).flatMap(([key, part]): [string, unknown][] => {
    const inner = schemaLeaves(part, `${prefix}${key}.`);
    return inner.length > 0 ? inner : [[`${prefix}${key}`, isJsonObject(part) ? part['default'] : undefined]];
  });
}

describe('the page on settings', () => {
  it('names every setting with its default, as the host and the schema have it', () => {
    const rows = [...readText('docs/settings.md').matchAll(/^\| `([\w.]+)`\s*\| `([^`]*)`/gm)];
    const told = rows.map(([, name, value]): unknown[] => [name, JSON.parse(value ?? '')]);
    expect(told).toEqual(leaves(DEFAULT_SETTINGS));
    expect(schemaLeaves(JSON.parse(readText('docs/schemas/settings.json')) as Json)).toEqual(told);
  });

  it('shows a file that the schema and the host take', () => {
    const example = /```json\n([\s\S]*?)```/.exec(readText('docs/settings.md'))?.[1] ?? '';
    const file = JSON.parse(example) as JsonObject;
    expect(findFaults('settings', file)).toEqual([]);
    expect(checkSettings(file).problems).toEqual([]);
  });
});

describe('the schema and the host', () => {
  it.each<[JsonObject, boolean]>([
    [{}, true],
    [{ ingestPort: 1024, uiPort: 65_535 }, true],
    [{ ingestPort: 1023 }, false],
    [{ uiPort: 65_536 }, false],
    [{ theme: 'dim' }, false],
    [{ allowedOrigins: ['chrome-extension://abc'] }, true],
    [{ allowedOrigins: ['*'] }, false],
    [{ allowedOrigins: ['http://a/b'] }, false],
    [{ retention: { maxAgeDays: null, maxBytes: 10_000_000 } }, true],
    [{ retention: { maxAgeDays: 0 } }, false],
    [{ retention: { maxBytes: 9_999_999 } }, false],
    [{ later: true }, true],
  ])('agree on %j', (file, good) => {
    expect([findFaults('settings', file).length === 0, checkSettings(file).problems.length === 0]).toEqual([
      good,
      good,
    ]);
  });
});
