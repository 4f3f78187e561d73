/** One generated trace of any size: as the file that is imported, and as what speedscope is given. */
import { createWriteStream } from 'node:fs';
import type { JsonObject } from '../../../core/model/json.ts';
import { isJsonObject, stringAt } from '../../../core/model/json.ts';
import { readIsoUs } from '../../../core/model/time.ts';
import { generateLines } from '../../generate/generate.ts';
import { writeLines } from '../../generate/write-lines.ts';
import { writeProfile, type NamedSpan } from './speedscope-profile.ts';

export interface SingleTrace {
  readonly id: string;
  readonly path: string;
  readonly profilePath: string;
  readonly spans: number;
  readonly bytes: number;
}

const SEED = 1;

/** Writes both files. */
export async function writeSingleTrace(path: string, spans: number): Promise<SingleTrace> {
  const ids: string[] = [];
  const named: NamedSpan[] = [];
  const lines = generateLines({
    ...{ seed: SEED, spans, openTraces: 1, spansPerTrace: spans },
    onTrace: ({ id }) => ids.push(id),
  });
  const bytes = await writeLines(noteSpans(lines, named), createWriteStream(path));
  const [id] = ids;
  if (id === undefined || ids.length > 1) throw new Error('the generator made more traces than one');
  const profilePath = `${path}.speedscope.json`;
  await writeLines(writeProfile(named), createWriteStream(profilePath));
  return { id, path, profilePath, spans, bytes };
}

function* noteSpans(lines: Iterable<string>, named: NamedSpan[]): Generator<string> {
  for (const line of lines) {
    const item: unknown = JSON.parse(line);
    if (isJsonObject(item) && stringAt(item, 'object') === 'trace.span') named.push(nameSpan(item));
    yield line;
  }
}

function nameSpan(item: JsonObject): NamedSpan {
  const data = item['span_data'];
  const named = isJsonObject(data) ? data : {};
  const type = stringAt(named, 'type') ?? 'span';
  const what = stringAt(named, 'name') ?? stringAt(named, 'model') ?? stringAt(named, 'to_agent');
  return {
    name: what === undefined ? type : `${type} ${what}`,
    startUs: readIsoUs(stringAt(item, 'started_at') ?? ''),
    endUs: readIsoUs(stringAt(item, 'ended_at') ?? ''),
  };
}
