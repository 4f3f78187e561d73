/** Holds the library in a page's IndexedDB against what the host has to feed. */
import type { Page } from '@playwright/test';
import { libraryName } from '../../core/store/open-library.ts';
import type { FeedTruth } from './feed-truth.ts';
import { expect } from './harness.ts';
import { readCursor, readStored } from './stored-library.ts';

/** Waits until the library of the page stands where the host does, and compares all of it. */
export async function expectEqual(page: Page, truth: FeedTruth): Promise<void> {
  const name = libraryName(truth.journalId);
  await expect.poll(() => readCursor(page, name), { timeout: 20_000 }).toEqual(truth.cursor);
  const stored = await readStored(page, name);
  expect(stored?.rows).toEqual(truth.rows);
  expect(stored?.summaries).toEqual(truth.summaries);
}

/** The list has a row a trace, and one for its head. */
export async function expectListed(page: Page, { summaries }: FeedTruth): Promise<void> {
  const grid = page.getByTestId('library').getByRole('grid');
  await expect(grid).toHaveAttribute('aria-rowcount', String(summaries.length + 1));
}
