/** What is deleted leaves the page too: through the host's real compaction, out of every record of IndexedDB. */
import type { Page } from '@playwright/test';
import { libraryName } from '../../core/store/open-library.ts';
import { askHost } from './ask-host.ts';
import { bringCorpus, bringLines } from './bring-corpus.ts';
import { expectEqual, expectListed } from './expect-library.ts';
import { pullCursor, pullTruth } from './feed-truth.ts';
import { expect, test, type RunningHost } from './harness.ts';
import { readAllText, readCursor, readStored } from './stored-library.ts';

/** In every field of a deleted trace that a library may keep. */
const CANARY = 'Kanarienvogel';
const DOOMED = 40;
const SPANS_EACH = 30;

const doomedId = (round: number, trace: number): string =>
  `trace_${CANARY}_${String(round)}_${String(trace)}`;

/** Traces that will be deleted: text of theirs wherever a trace and a span may have some. */
function* doomedLines(round: number): Generator<string> {
  for (let trace = 0; trace < DOOMED; trace++) {
    const traceId = doomedId(round, trace);
    const named = { workflow_name: `${CANARY} desk`, group_id: `${CANARY}-group` };
    yield JSON.stringify({ object: 'trace', id: traceId, ...named, metadata: { note: CANARY } });
    for (let span = 0; span < SPANS_EACH; span++) {
      const id = `span_${CANARY}_${String(round)}_${String(trace)}_${String(span)}`;
      const times = { started_at: '2026-01-01T00:00:00Z', ended_at: '2026-01-01T00:00:01Z' };
      const model = { type: 'generation', model: `${CANARY}-model`, output: [{ content: CANARY }] };
      const data = span === 0 ? { type: 'agent', name: `${CANARY} agent` } : span % 2 === 0 ? model : handoff;
      const parent = span === 0 ? null : `span_${CANARY}_${String(round)}_${String(trace)}_0`;
      const ids = { id, trace_id: traceId, parent_id: parent };
      yield JSON.stringify({ object: 'trace.span', ...ids, ...times, span_data: data });
    }
  }
}
const handoff = { type: 'handoff', from_agent: `${CANARY} agent`, to_agent: `${CANARY} next` };

/** Waits until no line of a deleted trace is on the disk any more. */
async function compactionEnds(host: RunningHost): Promise<void> {
  const ask = (): Promise<unknown> =>
    askHost(host.ui, async (line) => (await line.request('cleanup.status', {})).result);
  await expect
    .poll(ask, { timeout: 30_000 })
    .toMatchObject({ compaction: 'idle', hiddenTraces: 0, hiddenBytes: 0 });
}

/** Every text that was shown in the dialog of a delete, from now on. */
async function recordDialog(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const said = new Set<string>();
    Object.assign(window, { said });
    new MutationObserver(() => {
      said.add(document.querySelector('[data-testid="delete"]')?.textContent ?? '');
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
  return () => page.evaluate(() => [...(window as unknown as { said: Set<string> }).said]);
}

/** Deletes all that a filter finds, as a person does; the page says hidden first, and then gone. */
async function deleteFiltered(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(words);
  const library = page.getByTestId('library');
  await expect(library.getByRole('grid')).toHaveAttribute('aria-rowcount', String(DOOMED + 1));
  await library.getByRole('grid').focus();
  await page.keyboard.press('Control+a');
  await library.getByRole('button', { name: 'Delete …' }).click();
  const dialog = page.getByTestId('delete');
  const readSaid = await recordDialog(page);
  await dialog.getByRole('button', { name: `Delete ${String(DOOMED)} traces` }).click();
  await expect(dialog).toContainText(/hidden from now on/);
  await expect(dialog).toContainText('what was deleted is gone', { timeout: 30_000 });
  const said = await readSaid();
  const hiddenAt = said.findIndex((text) => /deleted traces, .*hidden/s.test(text));
  expect(hiddenAt).toBeGreaterThanOrEqual(0);
  expect(hiddenAt).toBeLessThan(said.findIndex((text) => text.includes('is gone')));
  await dialog.getByRole('button', { name: 'Close' }).click();
  for (const key of ['Control+k', 'Control+a', 'Backspace', 'Escape']) await page.keyboard.press(key);
}

/** Equal to the host's and to one that was rebuilt from zero, page lists included; nothing of the deleted in it. */
async function expectClean(page: Page, rebuilt: Page, host: RunningHost): Promise<void> {
  const truth = await pullTruth(host.ui);
  const name = libraryName(truth.journalId);
  for (const each of [page, rebuilt]) {
    await expectEqual(each, truth);
    await expectListed(each, truth);
    await expect.poll(async () => (await readAllText(each)).includes(CANARY)).toBe(false);
  }
  expect((await readStored(page, name))?.pagesOf).toEqual((await readStored(rebuilt, name))?.pagesOf);
}

test('deleted traces leave no text in the library of an open page or of one that was away', async ({
  browser,
  page,
  host,
}) => {
  test.setTimeout(180_000);
  await bringCorpus(host, 1, 3000);
  await bringLines(host, 'doomed.jsonl', doomedLines(1));
  await bringCorpus(host, 2, 1000);
  const away = await (await browser.newContext()).newPage();
  const { journalId, cursor } = await pullCursor(host.ui);
  for (const each of [page, away]) {
    await each.goto(host.ui);
    await expect.poll(() => readCursor(each, libraryName(journalId))).toEqual(cursor);
    expect(await readAllText(each)).toContain(CANARY);
  }
  await away.goto('about:blank');

  await deleteFiltered(page, `${CANARY} desk`);
  await compactionEnds(host);
  // A second segment, and a deletion that stands in it and in the first.
  await bringCorpus(host, 3, 1000);
  await bringLines(host, 'doomed-too.jsonl', doomedLines(2));
  const more = (await pullTruth(host.ui)).summaries.filter((_, i) => i % 5 === 0).map(({ id }) => id);
  const own = Array.from({ length: DOOMED }, (_, trace) => doomedId(2, trace));
  await askHost(host.ui, async (line) => {
    const scope = { kind: 'traces', traceIds: [...new Set([...more, ...own])] } as const;
    await line.request('cleanup.apply', { scope, keepAway: false });
  });
  await compactionEnds(host);

  const rebuilt = await (await browser.newContext()).newPage();
  await rebuilt.goto(host.ui);
  await expectClean(page, rebuilt, host);
  await away.goto(host.ui);
  await expectClean(away, rebuilt, host);
});
