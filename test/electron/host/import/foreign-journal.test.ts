/** Converted spans in the journal: what a restart reads again is what the import counted, and nothing is lost of them. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { foldFiles } from '../../../../electron/host/import/fold-files.ts';
import { Importer } from '../../../../electron/host/import/importer.ts';
import { NOW_US, openTestStore } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

const attribute = (key: string, stringValue: string): object => ({ key, value: { stringValue } });
const SPANS = [
  {
    traceId: '5b8efff798038103d269b633813fc60c',
    spanId: 'eee19b7ec3c1b174',
    name: 'ChatOpenAI',
    startTimeUnixNano: '1751474840301046016',
    endTimeUnixNano: '1751474840301361927',
    attributes: [attribute('openinference.span.kind', 'LLM'), attribute('mine', 'kept')],
  },
  {
    traceId: '5b8efff798038103d269b633813fc60c',
    spanId: 'eee19b7ec3c1b175',
    parentSpanId: 'eee19b7ec3c1b174',
    name: 'GET',
    startTimeUnixNano: '1751474840301046016',
    attributes: [attribute('http.request.method', 'GET')],
  },
];

it('reads converted spans of the journal as the import counted them', async () => {
  const directory = await makeTemporaryDirectory();
  const file = join(await makeTemporaryDirectory(), 'a.json');
  await writeFile(file, JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: SPANS }] }] }));
  const { store } = await openTestStore(directory);
  const clock = (): number => NOW_US;
  const importer = new Importer({ store, clock, stageDirectory: join(directory, 'imports') });
  const [report] = await importer.importPaths('i', [file]);
  expect(report).toMatchObject({ format: 'otlp', spans: 2, skipped: 0, unreadAttributes: { mine: 1 } });
  const imported = store.library.summaries();
  expect(imported).toMatchObject([{ workflowName: 'ChatOpenAI', sources: ['openinference', 'otlp'] }]);
  expect((await foldFiles([file], clock)).summaries).toEqual(imported);
  // Without a close there is no sidecar: the segment itself is read again.
  const { store: again } = await openTestStore(directory);
  expect(again.library.summaries()).toEqual(imported);
  const [span] = again.readSpans(SPANS[0]?.traceId ?? '', [SPANS[0]?.spanId ?? '']);
  expect(span?.record['origin']).toMatchObject({ rule: 8, attributes: { mine: 'kept' }, rest_ns: [16, 927] });
});
