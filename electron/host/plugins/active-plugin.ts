/** A plugin at work, as those who call its hooks see it: ingest, and what follows behind the store. */
import type { HookName } from '../../../core/plugin-api/hooks.ts';
import type { PluginManifest } from '../../../core/plugin-api/manifest.ts';

export interface ActivePlugin {
  readonly id: string;
  readonly version: string;
  readonly bundleHash: string;
  readonly settingsHash: string;
  readonly manifest: PluginManifest;
  /**
   * JSON in, JSON out, unchecked; `items`: how many spans or records the input carries. Rejects with a `PluginFault`
   * where the plugin fails, waits for its restart, or was given up: the hook's rule says what that means.
   */
  call(hook: HookName, input: string, items?: number): Promise<string>;
}
