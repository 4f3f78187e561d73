import { expect, it } from 'vitest';
import { makeExportSource } from '../../../../electron/host/export/store-source.ts';
import { previewRedaction } from '../../../../electron/host/redaction/preview-redaction.ts';
import { makeBatch, makeSpan, openTestStore } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

it('tells what a policy would do to stored traces, and changes nothing', async () => {
  const { store } = await openTestStore(await makeTemporaryDirectory());
  const span = makeSpan('t1', 's1', {
    span_data: { type: 'function', name: 'mail', input: 'to jane@example.com', output: 'sent' },
  });
  await store.append(makeBatch([{ object: 'trace', id: 't1', workflow_name: 'Desk' }, span]), true);
  const source = makeExportSource(store);
  const preview = await previewRedaction(source, { types: { email: 'mask' } }, ['t1']);
  expect(preview).toMatchObject({
    faults: [],
    traces: 1,
    looked: 1,
    changed: 1,
    byType: { email: 1 },
    places: [{ path: 'span_data.input', type: 'email', count: 1 }],
    examples: [
      { traceId: 't1', path: 'span_data.input', before: 'to jane@example.com', after: 'to [email]' },
    ],
  });
  const again = await previewRedaction(source, { types: { email: 'mask' } }, ['t1']);
  expect(again).toEqual(preview);
});

it('says what is wrong with a policy, and looks at nothing', async () => {
  const { store } = await openTestStore(await makeTemporaryDirectory());
  const preview = await previewRedaction(makeExportSource(store), { types: { shoe: 'mask' } }, []);
  expect(preview.faults).toEqual(['"shoe" is no type that can be found.']);
  expect(preview.records).toBe(0);
});
