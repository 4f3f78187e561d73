/** The page as the contract (docs/contract.md, section 6) lets the outside see it: test ids, row ids, roles. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { RunningHost } from './harness.ts';

/** Opens the page with the host's token, and waits for the library to stand. */
export async function openLibrary(page: Page, host: RunningHost): Promise<Locator> {
  await page.goto(host.ui);
  const library = page.getByTestId('library');
  await expect(library).toBeVisible();
  return library;
}

/** Opens one trace by its route. The page must have been opened with the token before. */
export async function openTrace(page: Page, host: RunningHost, traceId: string): Promise<Locator> {
  await page.goto(`${new URL(host.ui).origin}/#/trace/${encodeURIComponent(traceId)}`);
  const trace = page.getByTestId('trace');
  await expect(trace).toBeVisible();
  return trace;
}

/** Span ids of the trace's table, in the order of the rows. */
export async function spanIdsOf(trace: Locator): Promise<string[]> {
  const rows = trace.locator('[data-span-id]');
  return rows.evaluateAll((elements) =>
    elements.map((element) => element.getAttribute('data-span-id') ?? ''),
  );
}
