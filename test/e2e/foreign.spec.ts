/** A file of another tool dropped on the page: its report, its messages, and by which rule it was read. */
import { expect, test } from './harness.ts';
import { openLibrary } from './page-handles.ts';

const TRACE_ID = '5b8efff798038103d269b633813fc60c';
const SPAN_ID = 'eee19b7ec3c1b174';
const message = (role: string, content: string): string =>
  JSON.stringify([{ role, parts: [{ type: 'text', content }] }]);
const attributes = Object.entries({
  'gen_ai.operation.name': 'chat',
  'gen_ai.request.model': 'gpt-5',
  'gen_ai.input.messages': message('user', 'Where is my order?'),
  'gen_ai.output.messages': message('assistant', 'On its way.'),
  'shop.order': '42',
}).map(([key, stringValue]) => ({ key, value: { stringValue } }));
const SPAN = {
  traceId: TRACE_ID,
  spanId: SPAN_ID,
  name: 'chat gpt-5',
  startTimeUnixNano: '1751474840301046016',
  endTimeUnixNano: '1751474841301046016',
  attributes,
};

test('a dropped OTLP file shows its report, its messages and the rule of its kind', async ({
  page,
  host,
}) => {
  const library = await openLibrary(page, host);
  const text = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [SPAN] }] }] });
  const transfer = await page.evaluateHandle((content) => {
    const made = new DataTransfer();
    made.items.add(new File([content], 'export'));
    return made;
  }, text);
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await page.dispatchEvent('body', type, { dataTransfer: transfer });
  }
  const report = page.getByTestId('import-report');
  await expect(report).toContainText('Read as OTLP JSON');
  await expect(report).toContainText('shop.order');
  await expect(library.locator(`[data-trace-id="${TRACE_ID}"]`)).toBeVisible();

  await page.goto(`${new URL(page.url()).origin}/#/trace/${TRACE_ID}?span=${SPAN_ID}`);
  const inspector = page.getByTestId('inspector');
  await expect(inspector).toContainText('Where is my order?');
  await expect(inspector).toContainText('On its way.');
  await expect(inspector).toContainText('Rule 10');
});
