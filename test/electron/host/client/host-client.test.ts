/** How a command line finds a host, and what it says where none answers. */
import { describe, expect, it } from 'vitest';
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

  it('says that nobody answers', async () => {
    await expect(connectToHost({ ui: 'http://127.0.0.1:1', token: 'x' })).rejects.toThrow(
      'No Tracebench answers at http://127.0.0.1:1.',
    );
  });
});
