import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { connectWays, USUAL_INGEST } from '../../renderer/panels/connect/connect-snippets.ts';
import { ROOT } from '../rules/source-tree.ts';
import { writeConnectPage } from './write-connect-page.ts';

it('docs/connect.md says what the app says; `npx vitest run test/docs/connect-page.test.ts -u` writes it anew', async () => {
  const path = join(ROOT, 'docs', 'connect.md');
  const text = await format(writeConnectPage(connectWays(USUAL_INGEST)), {
    ...((await resolveConfig(path)) ?? {}),
    ...{ parser: 'markdown', embeddedLanguageFormatting: 'off' },
  });
  await expect(text).toMatchFileSnapshot(path);
});
