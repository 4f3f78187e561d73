/** The host's own process, for real: built, in a thread, over ports that were handed to it. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Connection } from '../../core/rpc/connection.ts';
import { makeMessagePort } from '../../core/rpc/message-port.ts';
import { makeTemporaryDirectory } from './host/temporary-directory.ts';
import { RENDERER, startHostThread, type HostThread } from './host-thread.ts';

/** The first run of a session may have to build. */
const WITH_BUILD_MS = 120_000;

function start(thread: HostThread, dataDirectory: string): void {
  const options = { dataDirectory, rendererDirectory: RENDERER, ingestPort: 0, uiPort: 0 };
  thread.say({ kind: 'start', options });
}

it(
  'serves pages over ports without a token, tells of imports, and ends when it is told to',
  async () => {
    const directory = await makeTemporaryDirectory();
    const data = join(directory, 'data');
    const file = join(directory, 'a.jsonl');
    await writeFile(file, '{"object":"trace","id":"t","workflow_name":"Handed"}\n');
    const thread = await startHostThread();
    const early = thread.openPort();
    const earlyEnds = new Promise((resolve) => early.once('close', resolve));
    start(thread, data);
    const { ingest } = await thread.hear('started');
    // Whoever comes before there is a host is sent away, to try again.
    await earlyEnds;

    const pages = [thread.openPort(), thread.openPort()].map(
      (port) => new Connection({ port: makeMessagePort(port) }),
    );
    const [page, other] = pages;
    if (page === undefined || other === undefined) throw new Error('two were opened');
    expect((await page.request('hello', { token: '' })).result).toMatchObject({ ingest });
    await other.request('hello', { token: '' });
    const { result } = await page.request('import.paths', { importId: 'i', paths: [file] });
    expect(result.files).toMatchObject([{ path: file, traces: 1 }]);
    expect(await thread.hear('importing')).toEqual({ kind: 'importing', share: 1 });
    expect(await thread.hear('importing')).toEqual({ kind: 'importing', share: undefined });
    const answer = await fetch(`${ingest}/v1/traces/ingest`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"data":[{"object":"trace","id":"u","workflow_name":"Posted"}]}',
    });
    expect(answer.status).toBe(204);
    const { traces } = (await other.request('library.list', {})).result;
    expect(traces.map(({ workflowName }) => workflowName).toSorted()).toEqual(['Handed', 'Posted']);

    thread.say({ kind: 'close' });
    expect(await thread.ended).toBe(0);
    expect(existsSync(join(data, 'host.json'))).toBe(false);
  },
  WITH_BUILD_MS,
);

it(
  'says where the workbench is that has the data already, and why it cannot start',
  async () => {
    const directory = await makeTemporaryDirectory();
    const first = await startHostThread();
    start(first, join(directory, 'data'));
    const { ui, token } = await first.hear('started');
    const second = await startHostThread();
    start(second, join(directory, 'data'));
    expect(await second.hear('elsewhere')).toMatchObject({ ui, token });
    const third = await startHostThread();
    await writeFile(join(directory, 'file'), '');
    start(third, join(directory, 'file', 'data'));
    expect((await third.hear('failed')).message).toContain('The data directory cannot be used');
    for (const thread of [first, second, third]) {
      thread.say({ kind: 'close' });
      expect(await thread.ended).toBe(0);
    }
  },
  WITH_BUILD_MS,
);
