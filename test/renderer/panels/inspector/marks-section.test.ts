// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import MarksSection from '../../../../renderer/panels/inspector/MarksSection.svelte';
import MarkPills from '../../../../renderer/panels/waterfall/MarkPills.svelte';
import { mounted, textOf } from '../../mounted.ts';

const mark = (badge: string) => ({
  ...{ by: 'local.hello', badge, severity: 'warning' as const, text: 'It waited.' },
});

test('the inspector says how grave a mark is, whose it is and in what words', () => {
  const section = mounted(MarksSection, { marks: [mark('slow')] });
  expect(textOf(section.querySelector('li'))).toBe('slow Warning of local.hello It waited.');
});

test('a row shows two marks and counts the others', () => {
  const row = mounted(MarkPills, { marks: ['a', 'b', 'c', 'd'].map(mark) });
  expect([...row.querySelectorAll('.pill')].map(textOf)).toEqual(['a', 'b', '+2']);
  expect(row.querySelector('.pill')?.getAttribute('title')).toBe('local.hello: It waited.');
});
