/** How a command line finds a host, and what it says where none answers. */
import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { listenOn } from '../../../../electron/host/listen.ts';
import {
  connectToHost,
  HostUnreachableError,
  readHostUrl,
} from '../../../../electron/host/client/host-client.ts';
import { BadHostUrlError, findRunningHost } from '../../../../electron/host/client/open-trace-source.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

describe('finding a host', () => {
  it('reads the address that serve prints', () => {
    expect(readHostUrl('http://127.0.0.1:4320/#t=abc')).toEqual({
      ui: 'http://127.0.0.1:4320',
      token: 'abc',
    });
    for (const text of ['', 'localhost', 'http://127.0.0.1:4320', 'http://127.0.0.1:4320/#x=1']) {
      expect(readHostUrl(text), text).toBeUndefined();
    }
  });

  it('takes TRACEBENCH_URL before the data directory, and refuses one without a token', async () => {
    const directory = await makeTemporaryDirectory();
    await expect(findRunningHost(directory, 'http://127.0.0.1:4320', 'toRead')).rejects.toThrow(
      BadHostUrlError,
    );
    await expect(findRunningHost(directory, 'http://127.0.0.1:1/#t=x', 'toRead')).rejects.toThrow(
      HostUnreachableError,
    );
    expect(await findRunningHost(directory, undefined, 'toRead')).toBeUndefined();
  });

  it('gives a host up that is stopped: it takes connections and says nothing', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    for (const afterUpgrade of [false, true]) {
      const server = createServer();
      const sockets = new WebSocketServer({ noServer: true });
      const reached = new Promise<void>((resolve) => {
        if (!afterUpgrade) server.on('upgrade', () => resolve());
        else {
          server.on('upgrade', (request, socket, head) => {
            sockets.handleUpgrade(request, socket, head, (webSocket) =>
              webSocket.on('message', () => resolve()),
            );
          });
        }
      });
      const port = await listenOn(server, 0);
      const ui = `http://127.0.0.1:${String(port)}`;
      const outcome = connectToHost({ ui, token: 'x' }).then(
        () => undefined,
        (error: unknown) => error,
      );
      await reached;
      vi.advanceTimersByTime(5000);
      expect(await outcome).toBeInstanceOf(HostUnreachableError);
      server.close();
      server.closeAllConnections();
    }
  });

  it('says that nobody answers', async () => {
    await expect(connectToHost({ ui: 'http://127.0.0.1:1', token: 'x' })).rejects.toThrow(
      'No Tracebench answers at http://127.0.0.1:1.',
    );
  });
});
