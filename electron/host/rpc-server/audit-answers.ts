/** What a page or a command line may ask of the audit log, of holds and of erasing, read from what it sent. */
import { AUDIT_ACTIONS, type AuditAction } from '../../../core/audit/audit-record.ts';
import { isJsonObject, stringAt, type Json } from '../../../core/model/json.ts';
import { writeIsoUs } from '../../../core/model/time.ts';
import { HOLD_KINDS, type AuditRequests, type AuditState } from '../../../core/rpc/audit.ts';
import { RpcError, type Connection, type RequestListeners } from '../../../core/rpc/connection.ts';
import type { AuditDesk } from '../audit/audit-desk.ts';
import { eraseSubject } from '../audit/erase-subject.ts';
import { BadHoldError, unpinned } from '../audit/hold-shelf.ts';
import { openSigningKey } from '../audit/signing-key.ts';
import { gatherChanges } from './gather-changes.ts';
import { readLimit, readString } from './read-params.ts';
import { tellUnavailable } from './tell-unavailable.ts';
import type { Workbench } from './workbench.ts';

export type AuditAnswers = Pick<RequestListeners, keyof AuditRequests>;
type AuditParts = Pick<Workbench, 'audit' | 'holds' | 'store'>;

const MOST_RECORDS = 5000;
const USUAL_RECORDS = 200;
const TELL_EVERY_MS = 250;

export function answerAudit(parts: AuditParts): AuditAnswers {
  const { audit, store } = parts;
  const { log } = audit;
  return {
    ...answerHolds(parts),
    'audit.state': () => Promise.resolve({ result: stateOf(audit) }),
    'audit.list': async (params) => {
      const limit = Math.min(readLimit(params, 'limit') ?? USUAL_RECORDS, MOST_RECORDS);
      const wish = { before: readLimit(params, 'before'), limit, action: readAction(params) };
      const { records, next } = await log.readNewest(wish);
      return { result: { records, next: next ?? null } };
    },
    'audit.verify': async (params) => {
      const hash = isJsonObject(params) ? stringAt(params, 'head') : undefined;
      return { result: await log.verify(hash === undefined ? undefined : { hash }) };
    },
    'audit.sign': async () => {
      if (log.head === undefined) throw new RpcError('no-records', 'The audit log has no record yet.');
      const key = await openSigningKey(audit.dataDirectory);
      const head = { ...log.head, at: writeIsoUs(audit.clock()), journalId: store.journalId };
      return { result: { head: key.sign(head), publicKey: key.publicKey } };
    },
    'audit.erase': async (params) => {
      const dryRun = isJsonObject(params) && params['dryRun'] === true;
      return { result: await tellUnavailable(eraseSubject(parts, readString(params, 'userId'), dryRun)) };
    },
  };
}

type HoldAnswers = Pick<AuditAnswers, 'holds.list' | 'holds.add' | 'holds.release' | 'holds.of'>;

function answerHolds({ holds }: AuditParts): HoldAnswers {
  return {
    'holds.list': async () => ({ result: { holds: await tellHolds(holds.list()) } }),
    'holds.add': async (params) => {
      const kind = HOLD_KINDS.find((each) => each === readString(params, 'kind'));
      if (kind === undefined) throw new RpcError('bad-params', 'kind must be trace, group or query.');
      const added = holds.add(kind, readString(params, 'value'), readString(params, 'reason'));
      return { result: { hold: await tellHolds(added) } };
    },
    'holds.release': async (params) => {
      const released = holds.release(readString(params, 'id'), readString(params, 'reason'));
      if (!(await tellHolds(released))) throw new RpcError('unknown-hold', 'There is no such hold.');
      return { result: {} };
    },
    'holds.of': async (params) => {
      const found = await tellHolds(holds.of(readString(params, 'traceId')));
      return { result: { holds: found.map(unpinned) } };
    },
  };
}

/** Tells a page of every change; returns how to stop. */
export function tellAudit({ audit, holds, plugins }: Workbench, connection: Connection): () => void {
  const gathered = gatherChanges(TELL_EVERY_MS, () => {
    connection.emit('audit.changed', stateOf(audit));
  });
  const changed = (): void => {
    gathered.add('audit');
  };
  const stops = [
    audit.log.onAppended(changed),
    plugins.registry.onChanged(changed),
    holds.onChange(() => {
      connection.emit('holds.changed', {});
    }),
    () => {
      gathered.stop();
    },
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function stateOf({ isOn, log, actor }: AuditDesk): AuditState {
  const { head = null, problem = null, directory: path } = log;
  return { isOn, path, head, problem, actor };
}

async function tellHolds<T>(work: Promise<T>): Promise<T> {
  try {
    return await tellUnavailable(work);
  } catch (error) {
    if (error instanceof BadHoldError) throw new RpcError('bad-hold', error.message);
    throw error;
  }
}

function readAction(params: Json): AuditAction | undefined {
  const name = isJsonObject(params) ? stringAt(params, 'action') : undefined;
  return AUDIT_ACTIONS.find((action) => action === name);
}
