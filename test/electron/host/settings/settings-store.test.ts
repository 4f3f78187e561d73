/** The user's settings file: read with mercy, changed with care, never destroyed. */
import { mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../../core/rpc/check-settings.ts';
import { SettingsStore } from '../../../../electron/host/settings/settings-store.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

async function openWith(text: string | undefined): Promise<{ directory: string; store: SettingsStore }> {
  const directory = await makeTemporaryDirectory();
  if (text !== undefined) await writeFile(join(directory, 'settings.json'), text);
  return { directory, store: await SettingsStore.open(directory) };
}

const readBack = async (directory: string): Promise<unknown> =>
  JSON.parse(await readFile(join(directory, 'settings.json'), 'utf8'));

describe('a settings file', () => {
  it('is not needed, and not made before something is changed', async () => {
    const { directory, store } = await openWith(undefined);
    expect(store.state).toMatchObject({ settings: DEFAULT_SETTINGS, problems: [], awaitingRestart: [] });
    await expect(stat(join(directory, 'settings.json'))).rejects.toThrow('ENOENT');
  });

  it('holds what it says, and the default for the rest', async () => {
    const { store } = await openWith('\ufeff{"theme":"dark","retention":{"maxAgeDays":30}}');
    expect(store.settings).toEqual({
      ...DEFAULT_SETTINGS,
      theme: 'dark',
      retention: { maxAgeDays: 30, maxBytes: null },
    });
    expect(store.state.problems).toEqual([]);
  });

  it.each([
    ['ingestPort', 80],
    ['ingestPort', 4318.5],
    ['uiPort', '4320'],
    ['theme', 'blue'],
    ['timeZone', 'Mars/Olympus'],
    ['allowedOrigins', ['*']],
    ['allowedOrigins', ['http://localhost:5173/app']],
    ['allowedOrigins', ['null']],
    ['retention', 30],
  ])('with an odd value is otherwise good: %s %j', async (name, value) => {
    const { store } = await openWith(JSON.stringify({ theme: 'light', [name]: value }));
    expect(store.state.problems).toEqual([expect.stringContaining(name)]);
    expect(store.settings).toEqual({ ...DEFAULT_SETTINGS, ...(name !== 'theme' && { theme: 'light' }) });
  });

  it('that is no JSON is passed over and told, and kept aside when something is changed', async () => {
    const { directory, store } = await openWith('{"theme": dark}');
    expect(store.state.problems).toEqual([expect.stringContaining('not valid JSON')]);
    expect(await readFile(join(directory, 'settings.json'), 'utf8')).toBe('{"theme": dark}');
    const { problems } = await store.change({ theme: 'dark' });
    expect(problems).toEqual([expect.stringContaining('settings.damaged.json')]);
    expect(await readFile(join(directory, 'settings.damaged.json'), 'utf8')).toBe('{"theme": dark}');
    expect(await readBack(directory)).toEqual({ theme: 'dark' });
  });

  it('that is a folder costs no start', async () => {
    const directory = await makeTemporaryDirectory();
    await mkdir(join(directory, 'settings.json'));
    expect((await SettingsStore.open(directory)).state.problems).toHaveLength(1);
  });
});

describe('a change', () => {
  it('keeps what it does not name: names of other versions, and odd values', async () => {
    const file = { future: { a: 1 }, uiPort: 'x', retention: { maxAgeDays: 9, later: true } };
    const { directory, store } = await openWith(JSON.stringify(file));
    await store.change({ retention: { maxBytes: 50_000_000 } });
    expect(await readBack(directory)).toEqual({
      ...file,
      retention: { maxAgeDays: 9, later: true, maxBytes: 50_000_000 },
    });
  });

  it('keeps what a person wrote into the file meanwhile', async () => {
    const { directory, store } = await openWith('{}');
    await writeFile(join(directory, 'settings.json'), '{"timeZone":"UTC"}');
    expect((await store.change({ theme: 'dark' })).settings).toMatchObject({
      theme: 'dark',
      timeZone: 'UTC',
    });
  });

  it('is for its owner alone to read, and many at once all hold', async () => {
    const { directory, store } = await openWith(undefined);
    await Promise.all([store.change({ theme: 'dark' }), store.change({ timeZone: 'UTC' })]);
    expect(await readBack(directory)).toEqual({ theme: 'dark', timeZone: 'UTC' });
    if (process.platform !== 'win32') {
      expect((await stat(join(directory, 'settings.json'))).mode & 0o777).toBe(0o600);
    }
  });

  it('writes through a link, which stays one', async () => {
    const { directory } = await openWith(undefined);
    await writeFile(join(directory, 'dotfile'), '{}');
    await symlink(join(directory, 'dotfile'), join(directory, 'settings.json'));
    await (await SettingsStore.open(directory)).change({ theme: 'dark' });
    expect(JSON.parse(await readFile(join(directory, 'dotfile'), 'utf8'))).toEqual({ theme: 'dark' });
  });

  it.each([
    [{ theme: 'blue' }, 'theme'],
    [{ colour: 'blue' }, 'colour'],
    [{ retention: { never: 1 } }, 'never'],
    [{ ['__proto__x']: 1 }, '__proto__x'],
    [{ uiPort: 4318 }, 'a port each'],
  ])('that cannot be is refused in words and changes nothing: %j', async (change, word) => {
    const { directory, store } = await openWith('{"theme":"light"}');
    await expect(store.change(change)).rejects.toThrow(word);
    expect(store.settings.theme).toBe('light');
    expect(await readBack(directory)).toEqual({ theme: 'light' });
  });

  it('that the disk refuses changes nothing and says so', async () => {
    const { directory, store } = await openWith(undefined);
    await rm(directory, { recursive: true });
    await expect(store.change({ theme: 'dark' })).rejects.toThrow('all is as it was');
    expect(store.settings.theme).toBe('system');
  });

  it('of a port waits for the next start; back again, nothing waits', async () => {
    const { store } = await openWith(undefined);
    expect((await store.change({ uiPort: 5000 })).awaitingRestart).toEqual(['uiPort']);
    expect((await store.change({ uiPort: 4320 })).awaitingRestart).toEqual([]);
  });
});
