/** Writes docs/query.md: `npm run query-docs`. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { writeQueryPage } from './query-page.ts';

await writeFile(join('docs', 'query.md'), await format(writeQueryPage(), { parser: 'markdown' }));
