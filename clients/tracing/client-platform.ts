/** What this library reaches the world through; the entry for Node and the one for browsers each set their own. */
import { browserPlatform } from '../workbench/browser-platform.ts';
import type { ClientPlatform } from '../workbench/platform.ts';

let platform: ClientPlatform = browserPlatform;

export function getClientPlatform(): ClientPlatform {
  return platform;
}

export function setClientPlatform(own: ClientPlatform): void {
  platform = own;
}
