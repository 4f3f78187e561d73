/**
 * Asks plugins what is to become of a trace. Access fails closed: who does not answer, denies. Sampling fails open:
 * who does not answer, keeps. No word of a fault goes on, since it may be the trace's.
 */
import { isJsonObject, ownAt, stringAt, type Json } from '../../../core/model/json.ts';
import type { Read } from '../../../core/plugin-api/manifest.ts';
import type { TraceHeadView } from '../../../core/plugin-api/views.ts';
import { PluginFault } from '../plugins/plugin-fault.ts';
import { nameOf, type AskedPlugin } from './intake-rules.ts';
import { projectHead } from './trace-head.ts';

export interface Told<Decision extends string> {
  readonly decision: Decision;
  /** `id@version`; empty where nobody had to be asked. */
  readonly by: string;
  readonly reason: string;
}

export type AccessTold = Told<'allow' | 'deny' | 'skeleton'>;
export type SampleTold = Told<'keep' | 'drop' | 'defer'>;

/** Reasons are shown in lists: no more than that is read. */
const MAX_REASON = 200;

/** The first deny wins; a skeleton stands unless somebody denies. */
export async function askAccess(plugins: readonly AskedPlugin[], head: TraceHeadView): Promise<AccessTold> {
  let told: AccessTold = { decision: 'allow', by: '', reason: 'allowed' };
  for (const plugin of plugins) {
    const answer = await ask(plugin, 'access', projectHead(head, plugin.manifest.reads), ACCESS);
    const said = answer ?? {
      decision: 'deny' as const,
      by: nameOf(plugin),
      reason: 'access could not be decided',
    };
    if (said.decision === 'deny') return said;
    if (said.decision === 'skeleton' && told.decision === 'allow') told = said;
  }
  return told;
}

/** Any drop wins, then any keep. Where all defer, or nobody is asked, the end of the trace decides. */
export async function askHeadSample(
  plugins: readonly AskedPlugin[],
  head: TraceHeadView,
): Promise<SampleTold> {
  let told: SampleTold = { decision: 'defer', by: '', reason: 'to be decided at its end' };
  for (const plugin of plugins) {
    const answer = await ask(plugin, 'headSample', projectHead(head, plugin.manifest.reads), HEAD);
    const said = answer ?? failedOpen(plugin);
    if (said.decision === 'drop') return said;
    if (said.decision === 'keep') told = said;
  }
  return told;
}

/** Dropped only where nobody keeps. `project` makes the JSON of the trace for what a plugin reads. */
export async function askTailSample(
  plugins: readonly AskedPlugin[],
  project: (reads: readonly Read[]) => string,
): Promise<SampleTold> {
  let dropped: SampleTold | undefined;
  for (const plugin of plugins) {
    const said =
      (await ask(plugin, 'tailSample', project(plugin.manifest.reads), TAIL)) ?? failedOpen(plugin);
    if (said.decision === 'keep') return said;
    dropped ??= said;
  }
  return dropped ?? { decision: 'keep', by: '', reason: 'nobody samples' };
}

const ACCESS = ['allow', 'deny', 'skeleton'] as const;
const HEAD = ['keep', 'drop', 'defer'] as const;
const TAIL = ['keep', 'drop'] as const;

function failedOpen(plugin: AskedPlugin): Told<'keep'> {
  return { decision: 'keep', by: nameOf(plugin), reason: 'kept, since sampling failed' };
}

/** Undefined where the plugin did not answer, or not with a decision. */
async function ask<Decision extends string>(
  plugin: AskedPlugin,
  hook: 'access' | 'headSample' | 'tailSample',
  input: string,
  words: readonly Decision[],
): Promise<Told<Decision> | undefined> {
  let answer: Json;
  try {
    answer = JSON.parse(await plugin.call(hook, input)) as Json;
  } catch (error) {
    if (error instanceof PluginFault || error instanceof SyntaxError) return undefined;
    throw error;
  }
  const decision = isJsonObject(answer)
    ? words.find((word) => word === ownAt(answer, 'decision'))
    : undefined;
  if (!isJsonObject(answer) || decision === undefined) return undefined;
  return { decision, by: nameOf(plugin), reason: (stringAt(answer, 'reason') ?? '').slice(0, MAX_REASON) };
}
