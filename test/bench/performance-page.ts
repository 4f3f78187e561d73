/** docs/performance.md: what the benches measured, a section each, which only its own bench writes. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemErrorCode } from '../../electron/host/system-error.ts';

const HEAD = `# Performance

Figures of one machine on one day, written by the benches themselves: read the ratios. Each section says how to measure it again.
`;

/** Puts `body` into the section with that title, and leaves all others as they are. */
export async function writeSection(title: string, body: string, root: string): Promise<void> {
  const path = join(root, 'docs', 'performance.md');
  const page = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    return HEAD;
  });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, putSection(page, title, body));
}

export function putSection(page: string, title: string, body: string): string {
  const [begin, end] = [`<!-- section ${title} -->`, `<!-- end ${title} -->`];
  const section = `${begin}\n\n## ${title}\n\n${body.trim()}\n\n${end}`;
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) return `${page.trimEnd()}\n\n${section}\n`;
  return page.slice(0, from) + section + page.slice(to + end.length);
}
