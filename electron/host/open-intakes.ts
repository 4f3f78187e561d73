/** The two ways by which records come unasked, the door and the folder `spill`, joined to store and board. */
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Clock } from '../../core/model/time.ts';
import type { BodyBudget } from './door/body-budget.ts';
import { createDoor, type DoorLimits } from './door/door.ts';
import type { StatusBoard } from './host-status.ts';
import type { IntakeGate } from './intake/intake-gate.ts';
import { reportBug } from './report-bug.ts';
import type { SettingsStore } from './settings/settings-store.ts';
import { SpillPickup } from './spill/spill-pickup.ts';
import type { TraceStore } from './trace-store.ts';

interface OpenDoorParts {
  readonly store: TraceStore;
  readonly gate: IntakeGate;
  readonly board: StatusBoard;
  readonly clock: Clock;
  readonly settings: SettingsStore;
  readonly budget: BodyBudget;
  readonly limits: Partial<DoorLimits> | undefined;
}

/** The door, which programs post to. The caller listens with it. */
export function openDoor({ store, gate, board, clock, settings, budget, limits }: OpenDoorParts): Server {
  return createDoor({
    clock,
    budget,
    /** Asked with every request: the list may have changed since. */
    get origins(): ReadonlySet<string> {
      return settings.origins;
    },
    isRefusing: () => store.refusal !== undefined || gate.refusal !== undefined,
    gate,
    onAccepted: (records) => {
      board.addAcknowledged(records);
    },
    onRejected: (path, rejects, count) => {
      board.addRejects(path, rejects, count);
    },
    onBug: (error) => {
      board.setError('The door failed on a request; the client was asked to send it again.');
      reportBug(error);
    },
    ...(limits && { limits }),
  });
}

/** What clients kept in files while no workbench ran; taken from its start on. */
export function openSpill(
  store: TraceStore,
  gate: IntakeGate,
  board: StatusBoard,
  clock: Clock,
  dataDirectory: string,
): SpillPickup {
  return new SpillPickup({
    directory: join(dataDirectory, 'spill'),
    clock,
    isRefusing: () => store.refusal !== undefined || gate.refusal !== undefined,
    gate,
    onAccepted: (records) => {
      board.addAcknowledged(records);
    },
    onRejected: (where, rejects, count) => {
      board.addRejects(where, rejects, count);
    },
    onError: (sentence) => {
      board.setError(sentence);
    },
    onBug: (error) => {
      board.setError('What clients kept while the workbench was away could not be taken; it is still there.');
      reportBug(error);
    },
  });
}
