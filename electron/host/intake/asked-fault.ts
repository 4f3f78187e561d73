/** A plugin's fault on its way between threads: what kind it is, and never its words, which may be the trace's. */
import { isBreakdown } from '../plugins/is-breakdown.ts';
import { PluginFault, PluginUnavailable } from '../plugins/plugin-fault.ts';

export type AskedFault = 'failed' | 'broken-down' | 'unavailable';

/** Undefined for what is no fault of a plugin. */
export function writeAskedFault(error: unknown): AskedFault | undefined {
  if (error instanceof PluginUnavailable) return 'unavailable';
  if (!(error instanceof PluginFault)) return undefined;
  return isBreakdown(error) ? 'broken-down' : 'failed';
}

export function readAskedFault(fault: AskedFault): PluginFault {
  if (fault === 'unavailable') return new PluginUnavailable('It does not run just now.');
  return new PluginFault(fault === 'broken-down' ? 'It broke down.' : 'It failed.');
}
