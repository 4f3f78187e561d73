/** What a page may ask of plugins, read from what it sent; a plugin's fault comes back as a sentence for the person. */
import { isJsonObject, numberAt, objectAt, ownAt, type Json } from '../../../core/model/json.ts';
import { RpcError, type Connection, type RequestListeners } from '../../../core/rpc/connection.ts';
import type { PluginRequests, PluginRunScope, PluginState } from '../../../core/rpc/plugins.ts';
import { JournalUnavailableError } from '../journal/journal-unavailable.ts';
import type { HostedPlugin } from '../plugins/hosted-plugin.ts';
import type { PluginDesk } from '../plugins/plugin-desk.ts';
import { PluginFault } from '../plugins/plugin-fault.ts';
import { reportBug } from '../report-bug.ts';
import { gatherChanges } from './gather-changes.ts';
import { readString, readStrings } from './read-params.ts';

export type PluginAnswers = Pick<RequestListeners, keyof PluginRequests>;

const MOST_TRACE_IDS = 1_000_000;
const TELL_EVERY_MS = 250;

export function answerPlugins(desk: PluginDesk): PluginAnswers {
  const { registry } = desk;
  return {
    ...answerChanges(desk),
    'plugins.list': () =>
      told(() => {
        registry.learnBuiltin().catch(reportBug);
        return { plugins: registry.list(), problems: registry.problems };
      }),
    'plugins.inspect': (params) => told(() => registry.inspect(readString(params, 'path'))),
    'plugins.run': (params) =>
      told(() =>
        desk.run(readString(params, 'id'), { runId: readString(params, 'runId'), scope: readScope(params) }),
      ),
    'plugins.cancel': (params) =>
      told(() => {
        desk.cancel(readString(params, 'runId'));
        return {};
      }),
    'plugins.results': (params) => told(() => desk.runsOf(readString(params, 'id'))),
    'plugins.log': (params) => told(() => ({ lines: desk.logOf(readString(params, 'id')) })),
    'plugins.trace': (params) => told(() => ({ results: desk.resultsOf(readString(params, 'traceId')) })),
    'findings.list': (params) => told(() => ({ groups: desk.findingGroups(readOptional(params, 'by')) })),
    'findings.counts': () => told(() => ({ traces: desk.findingCounts() })),
  };
}

type Changes = 'plugins.install' | 'plugins.enable' | 'plugins.settings' | 'plugins.remove';

function answerChanges({ registry }: PluginDesk): Pick<PluginAnswers, Changes> {
  const changed = async (change: Promise<HostedPlugin>): Promise<{ readonly plugin: PluginState }> => {
    return { plugin: (await change).state() };
  };
  return {
    'plugins.install': (params) =>
      told(() => {
        const path = readString(params, 'path');
        return changed(
          registry.install(path, readString(params, 'bundleHash'), readFlag(params, 'asFolder')),
        );
      }),
    'plugins.enable': (params) =>
      told(() => {
        const id = readString(params, 'id');
        return changed(registry.enable(id, readFlag(params, 'enabled'), readOptional(params, 'bundleHash')));
      }),
    'plugins.settings': (params) =>
      told(() => {
        const settings = isJsonObject(params) ? objectAt(params, 'settings') : undefined;
        const order = isJsonObject(params) ? numberAt(params, 'order') : undefined;
        return changed(registry.change(readString(params, 'id'), settings, order));
      }),
    'plugins.remove': (params) =>
      told(async () => {
        await registry.remove(readString(params, 'id'), readFlag(params, 'results'));
        return {};
      }),
  };
}

/** Tells a page of every change; returns how to stop. */
export function tellPlugins(desk: PluginDesk, connection: Connection): () => void {
  const states = gatherChanges(TELL_EVERY_MS, () => {
    connection.emit('plugins.changed', { plugins: desk.registry.list() });
  });
  const findings = gatherChanges(TELL_EVERY_MS, (traceIds) => {
    connection.emit('findings.changed', { traces: desk.countsOf(traceIds) });
  });
  const stops = [
    desk.registry.onActivity(() => {
      states.add('plugins');
    }),
    desk.onSaid((traceIds) => {
      for (const traceId of traceIds) findings.add(traceId);
      states.add('plugins');
    }),
    desk.onProgress((progress) => {
      // The next one says it all again.
      if (!connection.isBehind) connection.emit('plugins.progress', progress);
    }),
    () => {
      states.stop();
      findings.stop();
    },
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

async function told<Result>(work: () => Result | Promise<Result>): Promise<{ readonly result: Result }> {
  try {
    return { result: await work() };
  } catch (error) {
    if (error instanceof PluginFault) throw new RpcError('plugin-refused', error.message);
    if (error instanceof JournalUnavailableError) throw new RpcError('unavailable', error.reason);
    throw error;
  }
}

function readScope(params: Json): PluginRunScope {
  if (isJsonObject(params) && ownAt(params, 'traceIds') !== undefined) {
    return { traceIds: readStrings(params, 'traceIds', MOST_TRACE_IDS) };
  }
  const query = readOptional(params, 'query');
  return query === undefined ? {} : { query };
}

function readOptional(params: Json, key: string): string | undefined {
  const isThere = isJsonObject(params) && ownAt(params, key) !== undefined;
  return isThere ? readString(params, key) : undefined;
}

function readFlag(params: Json, key: string): boolean {
  return isJsonObject(params) && ownAt(params, key) === true;
}
