/** Reads what an export is asked for: one id a line, as JSON texts, behind a line with the wish itself. */
import type { IncomingMessage } from 'node:http';
import { isJsonList, isJsonObject, ownAt, stringAt, type Json } from '../../../core/model/json.ts';
import type { ExportWish } from '../../../core/rpc/export.ts';
import { findRule } from '../../../core/sanitise/rules.ts';
import { agentsJsonl } from '../../../core/writers/agents-jsonl.ts';
import { findTarget } from '../../../core/writers/registry.ts';

/** Ids of a million traces. */
const MOST_BYTES = 64 * 1024 * 1024;

export interface AskedExport extends ExportWish {
  /** Nothing is to be written; what would leave is to be told. */
  readonly preview: boolean;
}

export async function readExportBody(
  request: IncomingMessage,
): Promise<AskedExport | 'too-large' | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MOST_BYTES) return 'too-large';
    parts.push(part);
  }
  return readWish(Buffer.concat(parts).toString('utf8'));
}

/** Undefined where the text is no wish. */
export function readWish(text: string): AskedExport | undefined {
  let values: readonly Json[];
  try {
    values = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const first = values[0];
  const wish = isJsonObject(first) ? first : {};
  const ids = isJsonObject(first) ? values.slice(1) : values;
  const traceIds = ids.filter((id) => typeof id === 'string');
  const to = stringAt(wish, 'to') ?? agentsJsonl.name;
  const rules = textsOf(ownAt(wish, 'rules'));
  const isKnown = findTarget(to) !== undefined && rules.every((rule) => findRule(rule) !== undefined);
  if (traceIds.length !== ids.length || !isKnown) return undefined;
  const views = ownAt(wish, 'views');
  return {
    traceIds,
    to,
    rules,
    views: isJsonList(views) ? views : [],
    preview: ownAt(wish, 'preview') === true,
  };
}

/** The text that `readWish` reads. */
export function writeWish({ traceIds, ...wish }: AskedExport): string {
  return [wish, ...traceIds].map((value) => JSON.stringify(value)).join('\n');
}

function textsOf(value: Json | undefined): readonly string[] {
  return isJsonList(value) ? value.filter((text) => typeof text === 'string') : [];
}
