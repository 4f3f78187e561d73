/** What pages may ask of ingest, over a store of the test, with nothing switched on. */
import { IntakeDesk, type IntakeDeskParts } from '../../../../electron/host/intake/intake-desk.ts';
import { StoredTraces } from '../../../../electron/host/plugins/stored-traces.ts';
import type { TraceStore } from '../../../../electron/host/trace-store.ts';
import { NOW_US } from '../store-fixture.ts';

export function makeTestDesk(store: TraceStore, more: Partial<IntakeDeskParts> = {}): IntakeDesk {
  const clock = (): number => NOW_US;
  return new IntakeDesk({
    gate: { waiting: { traces: 0, bytes: 0 }, lateRecords: 0, refusal: undefined },
    library: store.library,
    traces: new StoredTraces(store, clock, () => Promise.resolve(() => true)),
    findPlugin: () => undefined,
    start: () => Promise.reject(new Error('no plugin is started')),
    clock,
    ...more,
  });
}
