/** Reads what a page or a command line wants cleaned up. Neither is trusted to keep to the contract. */
import { isJsonObject, numberAt, ownAt, stringAt, type Json } from '../../../core/model/json.ts';
import type { CleanupScope } from '../../../core/rpc/cleanup.ts';
import { RpcError } from '../../../core/rpc/connection.ts';
import { readStrings } from '../rpc-server/read-params.ts';

const MAX_TRACES = 100_000;

export function readScope(params: Json): CleanupScope {
  const scope = isJsonObject(params) ? ownAt(params, 'scope') : undefined;
  if (!isJsonObject(scope)) throw badScope('an object');
  switch (stringAt(scope, 'kind')) {
    case 'traces':
      return { kind: 'traces', traceIds: readStrings(scope, 'traceIds', MAX_TRACES) };
    case 'older-than':
      return { kind: 'older-than', seconds: readAmount(numberAt(scope, 'seconds')) };
    case 'down-to':
      return { kind: 'down-to', bytes: readAmount(numberAt(scope, 'bytes')) };
    default:
      throw badScope('of kind traces, older-than or down-to');
  }
}

export function readKeepAway(params: Json): boolean {
  const value = isJsonObject(params) ? ownAt(params, 'keepAway') : undefined;
  if (typeof value !== 'boolean') throw new RpcError('bad-params', 'keepAway must be true or false.');
  return value;
}

/** Not a number, below zero or endless would mean everything. */
function readAmount(amount: number | undefined): number {
  if (amount === undefined || !Number.isFinite(amount) || amount < 0)
    throw badScope('with an amount from 0 on');
  return amount;
}

function badScope(wanted: string): RpcError {
  return new RpcError('bad-params', `scope must be ${wanted}.`);
}
