import { readFile } from 'node:fs/promises';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { parseQuery } from '../../../core/query/parse-query.ts';
import { QUERY_RULES } from '../../../core/query/query-rules.ts';
import { writeQueryPage } from './query-page.ts';

test('docs/query.md says what the parser reads; `npm run query-docs` writes it anew', async () => {
  const page = await readFile(new URL('../../../docs/query.md', import.meta.url), 'utf8');
  expect(page).toBe(await format(writeQueryPage(), { parser: 'markdown' }));
});

test('every rule of the help has an example that is a query', () => {
  for (const { example } of QUERY_RULES) expect(parseQuery(example).kind, example).toBe('query');
});
