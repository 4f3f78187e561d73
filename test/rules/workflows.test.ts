/** The hosted workflows cannot run here: what can be known of them is that they are well formed and name what exists. */
import { format } from 'prettier';
import { expect, it } from 'vitest';
import { listFiles, readText } from './source-tree.ts';

const workflows = listFiles().filter((path) => /^\.github\/workflows\/.*\.yml$/.test(path));
const scripts = Object.keys((JSON.parse(readText('package.json')) as { scripts: object }).scripts);
const suites = [...readText('scripts/suites.mjs').matchAll(/^ {2}(\w+): \(\) =>/gm)].map((match) => match[1]);

it('there are a test and a release, each valid YAML in the form of the house', async () => {
  expect(workflows.toSorted()).toEqual(['.github/workflows/release.yml', '.github/workflows/test.yml']);
  for (const path of workflows) {
    expect(await format(readText(path), { parser: 'yaml', singleQuote: true, printWidth: 110 })).toBe(
      readText(path),
    );
  }
});

it('they run scripts and suites that exist', () => {
  for (const path of workflows) {
    const text = readText(path);
    for (const [, script] of text.matchAll(/npm run ([\w:]+)/g)) expect(scripts).toContain(script);
    for (const [, suite] of text.matchAll(/npm test -- (\w+)/g)) expect(suites).toContain(suite);
  }
});

it('they may read and nothing else unless a job says so, and put no text of others into a command', () => {
  for (const path of workflows) {
    const text = readText(path);
    expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
    for (const [, action] of text.matchAll(/uses: (\S+)/g)) expect(action).toMatch(/^actions\/[\w-]+@v\d+$/);
    for (const [line] of text.matchAll(/^.*run: .*\$\{\{.*$/gm)) expect(line).toMatch(/\$\{\{ matrix\./);
  }
});
