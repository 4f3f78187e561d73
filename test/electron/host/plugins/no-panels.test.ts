/** Plugins have no page: what they answer is data, and nothing of the page or the host would show it as anything else. */
import { expect, it } from 'vitest';
import { checkResult } from '../../../../core/plugin-api/check-result.ts';
import { checkManifest } from '../../../../core/plugin-api/check-manifest.ts';
import { listFiles, readText } from '../../../rules/source-tree.ts';

const known = { hasTrace: () => true, hasSpan: () => true };

it('fault 63: there is no frame, no HTML and no page for a plugin to leave', () => {
  const shown = listFiles().filter((path) => /^(renderer|electron|core)\/.*\.(ts|svelte|html)$/.test(path));
  const ways =
    /<iframe|<webview|<object |<embed|\{@html|innerHTML|outerHTML|srcdoc|insertAdjacentHTML|document\.write/i;
  // A comment or a message may name them; markup and calls do not stand behind a backtick or a quotation mark.
  const found = shown.filter((path) => ways.test(readText(path).replaceAll(/`[^`\n]*`|'[^'\n]*'/g, '')));
  expect(found).toEqual([]);
});

it('fault 63: a panel is no kind of result and no field of plugin.json', () => {
  for (const kind of ['panel', 'html', 'iframe']) {
    expect(checkResult({ kind, url: 'https://example.org' }, known).kind).toBe('fault');
  }
  const manifest = { id: 'local.a', version: '1.0.0', name: 'A', apiVersion: 1, main: 'a.ts', reads: [] };
  expect(checkManifest({ ...manifest, contributes: { panels: [{ file: 'a.html' }] } })).toMatchObject({
    faults: ['"contributes" is unknown to this version of Tracebench.'],
  });
});

it('fault 70: HTML in markdown stays what it is, a text for the host to draw', () => {
  const text = '<img src=x onerror=alert(1)> [a](javascript:alert(1))';
  expect(checkResult({ kind: 'markdown', text }, known)).toEqual({
    kind: 'result',
    result: { kind: 'markdown', text },
  });
});
