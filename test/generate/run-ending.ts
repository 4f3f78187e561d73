/** How a planned run ends, and on which of its spans the two SDKs then write the error. */
import type { Dialect, PlannedSpan } from './plan.ts';

export type Outcome = 'ok' | 'model-error' | 'guardrail' | 'max-turns';

/** Follows one run over its agents: whether what was to go wrong has gone wrong, and the number of turns. */
export class RunEnding {
  readonly outcome: Outcome;
  readonly #dialect: Dialect;
  #failed = false;
  #turns = 0;

  constructor(outcome: Outcome, dialect: Dialect) {
    this.outcome = outcome;
    this.#dialect = dialect;
  }

  nextTurn(): number {
    return ++this.#turns;
  }

  /** Says that the call or the guardrail that ends the run has just been planned. */
  fail(): void {
    this.#failed = true;
  }

  /** The error of the last turn, the last agent or the task of the run, once it has failed. */
  errorOn(kind: 'turn' | 'agent' | 'task'): Pick<PlannedSpan, 'error'> {
    if (!this.#failed) return {};
    // Python tells the agent alone, JavaScript all three (but no turn of a run that had too many).
    if (this.#dialect === 'python' ? kind !== 'agent' : kind === 'turn' && this.outcome === 'max-turns')
      return {};
    switch (this.outcome) {
      case 'guardrail':
        return this.#dialect === 'python'
          ? { error: { message: 'Guardrail tripwire triggered', data: { guardrail: 'pii' } } }
          : {
              error: {
                message: 'Error in agent run',
                data: { error: 'OutputGuardrailTripwireTriggered: Output guardrail triggered' },
              },
            };
      case 'max-turns':
        return { error: { message: `Max turns (${this.#turns}) exceeded` } };
      default:
        return { error: { message: 'Error in agent run', data: { error: 'APIError: 500 upstream error' } } };
    }
  }
}
