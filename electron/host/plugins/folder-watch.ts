/** Tells when a file of a folder was saved: editors write in several steps, which are one saving. */
import { watch, type FSWatcher } from 'node:fs';
import { systemErrorCode } from '../system-error.ts';
import type { PluginClock } from './plugin-clock.ts';

const SETTLES_MS = 150;

/** Returns how to stop. A folder that cannot be watched, or goes away, is told of no more. */
export function watchFolder(folder: string, clock: PluginClock, saved: () => void): () => void {
  let leave: (() => void) | undefined;
  const watcher = openWatcher(folder, () => {
    leave?.();
    leave = clock.after(SETTLES_MS, saved);
  });
  return () => {
    leave?.();
    watcher?.close();
  };
}

function openWatcher(folder: string, changed: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, changed);
    watcher.on('error', () => {
      watcher.close();
    });
    return watcher;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return undefined;
  }
}
