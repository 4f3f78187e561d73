/** Threads that read segments: shared out, and gone when the search is over, stopped or broken. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ThreadCrew } from '../../../../electron/host/search/scan-crew.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

/** A thread that does this with each segment it is given. */
async function makeCrew(
  onSegment: string,
): Promise<{ readonly crew: ThreadCrew; readonly directory: string }> {
  const directory = await makeTemporaryDirectory();
  const path = join(directory, 'thread.mjs');
  const lines = [
    "import { parentPort } from 'node:worker_threads';",
    'const say = (kind, segment) => parentPort.postMessage({ kind, segment, bytes: 1, hits: [] });',
    `parentPort.on('message', ({ segment }) => { ${onSegment} });`,
    "say('ready');",
  ];
  await writeFile(path, lines.join('\n'));
  return { crew: new ThreadCrew(path, 2), directory };
}

function scan(
  { crew, directory }: Awaited<ReturnType<typeof makeCrew>>,
  onStep: (segment: number) => void,
  signal = new AbortController().signal,
): Promise<void> {
  return crew.scan({ directory, words: ['refund'] }, [5, 4, 3, 2, 1], onStep, signal);
}

test('every segment is read once', async () => {
  const read: number[] = [];
  await scan(await makeCrew("say('step', segment); say('done', segment);"), (segment) => read.push(segment));
  expect(read.toSorted()).toEqual([1, 2, 3, 4, 5]);
});

test('a stop ends threads in the middle of what they do', async () => {
  const stop = new AbortController();
  const crew = await makeCrew("say('step', segment); for (;;);");
  const stopping = scan(crew, () => stop.abort(), stop.signal);
  // It resolves only when the threads have ended.
  await expect(stopping).resolves.toBeUndefined();
});

test('a thread that breaks ends the search with its error', async () => {
  const broken = await makeCrew("throw new Error('made by the test');");
  await expect(scan(broken, () => undefined)).rejects.toThrow('made by the test');
});
