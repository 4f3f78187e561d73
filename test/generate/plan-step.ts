/** Plans the spans that take no run below them: calls of models and tools, guardrails, lists of tools, own steps. */
import type { SpanKind } from '../../core/model/span-kind.ts';
import type { EpochUs } from '../../core/model/time.ts';
import { NO_USAGE, type Dialect, type ModelApi, type PlannedSpan, type PlannedUsage } from './plan.ts';
import type { Prng } from './prng.ts';
import type { Outcome } from './run-ending.ts';
import { GUARDRAIL_NAMES, SERVER_NAMES, STEP_NAMES } from './words.ts';

/** What stays the same over all runs of a trace. */
export interface Cast {
  readonly prng: Prng;
  readonly dialect: Dialect;
  readonly api: ModelApi;
  readonly workflowName: string;
  readonly agents: readonly string[];
  readonly tools: readonly string[];
  readonly model: string;
  /** How the outermost run is to end. */
  readonly outcome: Outcome;
  /** One tool is called again and again with the same words. */
  readonly loops: boolean;
}

/** The end of a planned span and the tokens that were used below it. */
export interface Ended {
  readonly endUs: EpochUs;
  readonly usage: PlannedUsage;
}

type Details = Partial<Omit<PlannedSpan, 'id' | 'parentId' | 'kind' | 'startUs' | 'endUs'>>;

export class StepPlanner {
  readonly cast: Cast;
  readonly #spans: PlannedSpan[];
  readonly #loopSeed: number;

  constructor(cast: Cast, spans: PlannedSpan[]) {
    this.cast = cast;
    this.#spans = spans;
    this.#loopSeed = cast.prng.seed();
  }

  /** Notes a span; a parent is noted after its children. */
  note(
    kind: SpanKind,
    { id = newId(this.cast.prng), parentId, startUs, endUs }: SpanPlace,
    details: Details = {},
  ): void {
    this.#spans.push({
      payloadBytes: 0,
      seed: this.cast.prng.seed(),
      ...details,
      ...{ id, kind, parentId, startUs, endUs },
    });
  }

  planModelCall(parentId: string, startUs: EpochUs, fails: boolean): Ended {
    const { prng, api, model } = this.cast;
    const payloadBytes = Math.round(prng.logUniform(512, 8192));
    const endUs = startUs + Math.round(prng.logUniform(200_000, 9_000_000));
    const input = Math.round(payloadBytes / 3) + prng.int(0, 4000);
    const output = prng.int(5, 900);
    const usage: PlannedUsage = {
      input,
      output,
      cached: prng.chance(0.4) ? Math.floor(input * prng.next()) : 0,
      reasoning: prng.chance(0.3) ? Math.floor(output * prng.next()) : 0,
    };
    this.note(
      api === 'chat' ? 'generation' : 'response',
      { parentId, startUs, endUs },
      { model, payloadBytes, ...(fails ? { error: { message: '500 upstream error' } } : { usage }) },
    );
    return { endUs, usage: fails ? NO_USAGE : usage };
  }

  planTool(parentId: string, startUs: EpochUs): EpochUs {
    const { prng, tools, loops } = this.cast;
    const name = loops ? (tools[0] ?? '') : prng.pick(tools);
    const endUs = startUs + Math.round(prng.logUniform(500, 4_000_000));
    const data = { tool_name: name, error: 'gateway timeout' };
    this.note(
      'function',
      { parentId, startUs, endUs },
      {
        name,
        payloadBytes: Math.round(prng.logUniform(60, 2500)),
        ...(loops && { seed: this.#loopSeed }),
        ...(prng.chance(0.04) && { error: { message: 'Error running tool (non-fatal)', data } }),
      },
    );
    return endUs;
  }

  planGuardrail(parentId: string, startUs: EpochUs, triggered: boolean): EpochUs {
    const { prng } = this.cast;
    const endUs = startUs + prng.int(300, 60_000);
    this.note('guardrail', { parentId, startUs, endUs }, { name: prng.pick(GUARDRAIL_NAMES), triggered });
    return endUs;
  }

  /** The list of an MCP server's tools, or a step of the user's own. */
  planExtra(parentId: string | undefined, startUs: EpochUs): EpochUs {
    const { prng, tools } = this.cast;
    const endUs = startUs + prng.int(200, 50_000);
    if (prng.chance(0.5)) {
      this.note('mcp_tools', { parentId, startUs, endUs }, { name: prng.pick(SERVER_NAMES), tools });
    } else {
      this.note('custom', { parentId, startUs, endUs }, { name: prng.pick(STEP_NAMES), payloadBytes: 400 });
    }
    return endUs;
  }
}

interface SpanPlace {
  readonly id?: string;
  readonly parentId: string | undefined;
  readonly startUs: EpochUs;
  readonly endUs: EpochUs;
}

/** An id in the SDK's shape. */
export function newId(prng: Prng): string {
  return `span_${prng.hex(24)}`;
}
