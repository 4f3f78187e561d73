import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readLineParts } from '../../../../electron/host/spill/read-line-parts.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

/** What the parts say, each as `kind end text`. */
async function readAll(text: string, partBytes: number, lineBytes: number, start = 0): Promise<string[]> {
  const path = join(await makeTemporaryDirectory(), 'lines');
  await writeFile(path, text);
  const said: string[] = [];
  for await (const { kind, body, end } of readLineParts(path, start, { partBytes, lineBytes })) {
    said.push(`${kind} ${String(end)} ${body.toString()}`);
  }
  return said;
}

it('cuts a file into parts of whole lines, however its lines lie', async () => {
  const text = 'a\nbb\nccc\ndddd\n';
  for (let partBytes = 1; partBytes < 20; partBytes++) {
    const parts = await readAll(text, partBytes, 100);
    expect(parts.map((part) => part.replace(/^lines \d+ /, '')).join('')).toBe(text);
    expect(parts.at(-1)).toMatch(/^lines 14 /);
  }
});

it('goes on where it is told to', async () => {
  expect(await readAll('a\nbb\n', 8, 100, 2)).toEqual(['lines 5 bb\n']);
});

it('never gives half a line, and says that one was there', async () => {
  expect(await readAll('a\nbb', 8, 100)).toEqual(['lines 2 a\n', 'cut 4 ']);
});

it('passes over a line that is too long, and keeps those around it', async () => {
  const said = await readAll(`a\n${'x'.repeat(30)}\nb\n`, 4, 10);
  expect(said.map((part) => part.replace(/ \d+/, ''))).toEqual(['lines a\n', 'too-long ', 'lines b\n']);
});
