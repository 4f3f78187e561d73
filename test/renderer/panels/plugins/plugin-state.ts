/** A plugin as a host tells of it, with what a test says of it. */
import type { PluginState } from '../../../../core/rpc/plugins.ts';

export function pluginState(part: Partial<PluginState> = {}): PluginState {
  return {
    ...{ id: 'local.hello', version: '0.1.0', name: 'Hello', description: '', origin: 'installed' },
    ...{ enabled: true, order: 0, status: 'idle', bundleHash: 'sha256-0', hooks: [], analyses: [] },
    ...{ reads: [], writes: [], uses: [], network: null, isHighRisk: false },
    ...{ settingsSchema: {}, settings: {}, crashes: 0, timings: [] },
    ...{ findings: { info: 0, warning: 0, error: 0 }, tracesDone: 0, staleTraces: 0, waiting: 0 },
    deadLetters: 0,
    ...part,
  };
}
