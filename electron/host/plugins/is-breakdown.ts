/** Tells a plugin that broke down (its time or memory ran out, its thread ended) from one that threw an error. */
import type { PluginFault } from './plugin-fault.ts';

/** How the words of the engine and of the runner begin; what a plugin throws may only make it worse for itself. */
const BEGINNINGS = [
  'It ran into its deadline',
  'It ran out of its',
  'It did not even stop',
  'It broke down',
  'It could not be started',
  'Plugins run in the built product',
] as const;

export function isBreakdown({ message }: PluginFault): boolean {
  return BEGINNINGS.some((beginning) => message.startsWith(beginning));
}
