/** What a scenario is: a script for the model, and a run of the SDK that follows it. */
import type { Runner } from '@openai/agents';
import type { Script } from '../stub-model.ts';

/** What a scenario may wait for. */
export interface Moments {
  /** Settles when the test says so. */
  readonly released: Promise<void>;
  /** Settles when the next span of a kind has ended. */
  ended(kind: string): Promise<void>;
}

export interface Scenario {
  /** The workflow's name, by which tests find the trace. */
  readonly workflowName: string;
  /** Which of OpenAI's interfaces the model is called through. */
  readonly api: 'responses' | 'chat';
  readonly script: Script;
  /** Runs to the end; what is meant to be thrown is caught here. */
  run(runner: Runner, moments: Moments): Promise<void>;
}
