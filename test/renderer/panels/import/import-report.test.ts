// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import ImportReport from '../../../../renderer/panels/import/ImportReport.svelte';
import { mounted, textOf } from '../../mounted.ts';

const REPORT = { path: 'a.jsonl', format: 'openai-agents', traces: 1, spans: 1200, skipped: 2 };

test('a report says what was kept, what was not, and why, by line', () => {
  const report = mounted(ImportReport, {
    cancelled: false,
    report: {
      ...REPORT,
      diagnostics: [
        { code: 'bad-json', severity: 'error' as const, message: 'This is not JSON.', line: 1042 },
      ],
    },
  });
  expect(textOf(report)).toBe(
    '1 trace, 1,200 spans kept, 2 records skipped. Read as openai-agents. line 1,042 This is not JSON.',
  );
});

test('of many diagnostics the first fifty are shown, and how many are left', () => {
  const diagnostics = Array.from({ length: 80 }, (_, i) => ({
    code: 'bad-json',
    severity: 'warning' as const,
    message: 'Skipped.',
    line: i + 1,
  }));
  const report = mounted(ImportReport, { cancelled: true, report: { ...REPORT, diagnostics } });
  expect(report.querySelectorAll('li')).toHaveLength(50);
  expect(textOf(report.querySelector('button'))).toBe('Show more (30 left)');
  expect(textOf(report)).toContain('Cancelled.');
});
