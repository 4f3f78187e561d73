/** Errors, guardrails and slow spans as CSV: durations in milliseconds, nothing for what is unknown. */
import { writeCsvRow } from '../../../core/writers/csv.ts';
import type { ErrorClassRow, GuardrailRow, SlowSpan } from '../../../core/rpc/corpus.ts';

export function writeErrorCsv(rows: readonly ErrorClassRow[]): string {
  const head = writeCsvRow([
    'error',
    'kind',
    'name',
    'spans',
    'survived',
    'first seen',
    'last seen',
    'traces',
  ]);
  const lines = rows.map(({ errorClass, kind, name, count, nonFatal, firstSeen, lastSeen, reach }) =>
    writeCsvRow([errorClass, kind, name, count, nonFatal, firstSeen, lastSeen, reach.traces]),
  );
  return head + lines.join('');
}

export function writeGuardrailCsv(rows: readonly GuardrailRow[]): string {
  const head = writeCsvRow(['guardrail', 'runs', 'tripped', 'p50 ms', 'p95 ms', 'traces where it tripped']);
  const lines = rows.map(({ guardrail, runs, triggered, durations, reach }) =>
    writeCsvRow([guardrail, runs, triggered, inMs(durations.p50Us), inMs(durations.p95Us), reach.traces]),
  );
  return head + lines.join('');
}

export function writeSlowCsv(rows: readonly SlowSpan[]): string {
  const head = writeCsvRow(['kind', 'name', 'agent', 'own ms', 'duration ms', 'trace', 'span']);
  const lines = rows.map(({ kind, name, agent, selfUs, durationUs, traceId, spanId }) =>
    writeCsvRow([kind, name, agent, inMs(selfUs), inMs(durationUs), traceId, spanId]),
  );
  return head + lines.join('');
}

function inMs(us: number | null): number | null {
  return us === null ? null : us / 1000;
}
