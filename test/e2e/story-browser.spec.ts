/** The story, in a browser beside the host. */
import { test } from './harness.ts';
import { importFile, lookAtTrace, seeThatItStays, seeTraceComeIn } from './story.ts';

test('in a browser: spans come in, are looked at, files are imported, and all of it stays', async ({
  page,
  host,
}) => {
  await page.goto(host.ui);
  const stage = { page, ingest: host.ingest, data: host.data };
  await seeTraceComeIn(stage);
  await lookAtTrace(stage);
  await importFile(stage);
  await seeThatItStays(stage);
});
