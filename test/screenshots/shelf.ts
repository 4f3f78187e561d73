/** Generated traces for a picture: spread over some hours, and in scripts that every machine has a font for. */
import { isJsonObject, stringAt } from '../../core/model/json.ts';
import type { EpochUs } from '../../core/model/time.ts';
import { generateLines } from '../generate/generate.ts';
import type { TraceTruth } from '../generate/truth.ts';

const GROUPS = 30;
const SPANS_A_GROUP = 120;
const GROUP_GAP_US = 11 * 60 * 1_000_000;
/** Letters that a bare machine can draw: no CJK and no emoji, whose fonts are large and often missing. */
const isDrawable = (text: string): boolean =>
  /^[\p{Script=Latin}\p{Script=Common}]*$/u.test(text) && !/\p{Emoji_Presentation}|\p{Co}|\u200d/u.test(text);

export interface Shelf {
  /** Records as JSON lines. */
  readonly lines: readonly string[];
  readonly traces: TraceTruth[];
}

export function generateShelf(nowUs: EpochUs): Shelf {
  const lines: string[] = [];
  const traces: TraceTruth[] = [];
  for (let group = 0; group < GROUPS; group++) {
    const drawable = new Set<string>();
    const onTrace = (truth: TraceTruth): void => {
      const names = [truth.workflowName, ...truth.agents, ...Object.keys(truth.tools)];
      if (truth.spans === 0 || !names.every(isDrawable)) return;
      drawable.add(truth.id);
      traces.push(truth);
    };
    const startUs = nowUs - (GROUPS - group) * GROUP_GAP_US;
    const options = { seed: group + 1, spans: SPANS_A_GROUP, openTraces: 2, startUs, onTrace };
    for (const line of generateLines(options)) if (drawable.has(traceIdOf(line))) lines.push(line);
  }
  return { lines, traces };
}

/** A call of a model in the trace whose whole conversation can be drawn, if there is one. */
export function findDrawableCall({ lines }: Shelf, traceId: string): string | undefined {
  const isCall = (line: string): boolean =>
    line.includes('"type":"generation"') && line.includes('"role":"user"');
  const line = lines.find((text) => traceIdOf(text) === traceId && isCall(text) && isDrawable(text));
  const item: unknown = line === undefined ? undefined : JSON.parse(line);
  return isJsonObject(item) ? stringAt(item, 'id') : undefined;
}

function traceIdOf(line: string): string {
  const item: unknown = JSON.parse(line);
  if (!isJsonObject(item)) return '';
  return stringAt(item, 'trace_id') ?? stringAt(item, 'id') ?? '';
}
