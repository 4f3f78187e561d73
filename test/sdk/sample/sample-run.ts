/** What a run of the sample is: a script for the model, and a program of the SDK that follows it. */
import { tool, type Runner, type Tool } from '@openai/agents';
import { isJsonObject, type JsonObject } from '../../../core/model/json.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Script } from '../stub-model.ts';
import type { VirtualClock } from '../virtual-clock.ts';

export interface SampleRun {
  readonly workflowName: string;
  readonly api: Scenario['api'];
  readonly model: string;
  readonly groupId?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  /** After the beginning of the sample, seconds. */
  readonly startS: number;
  readonly script: Script;
  /** Runs to the end; what is meant to be thrown is caught here. */
  run(runner: Runner, makeTool: MakeTool): Promise<void>;
}

/** A tool that takes its time, and answers or throws. */
export type MakeTool = (
  name: string,
  description: string,
  ms: number,
  execute: (input: JsonObject) => JsonObject | string,
) => Tool;

const ANY_INPUT = {
  type: 'object' as const,
  properties: {},
  required: [],
  additionalProperties: true as const,
};

export function toolsOf(clock: VirtualClock): MakeTool {
  return (name, description, ms, execute) =>
    tool({
      ...{ name, description, strict: false, parameters: ANY_INPUT },
      execute: async (input: unknown) => {
        await clock.sleep(ms);
        const answer = execute(isJsonObject(input) ? input : {});
        return typeof answer === 'string' ? answer : JSON.stringify(answer);
      },
    });
}
