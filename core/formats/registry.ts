/** Every format the workbench reads. A new one is its own file, its test, and one line here. */
import type { Json } from '../model/json.ts';
import type { RecordFormat } from './format.ts';
import { openaiAgents } from './openai-agents.ts';

export const RECORD_FORMATS: readonly RecordFormat[] = [openaiAgents];

/** The format of a stable name, as `$batch` lines store it. */
export function findFormat(name: string): RecordFormat | undefined {
  return RECORD_FORMATS.find((format) => format.name === name);
}

/** The format that is surest of a record; undefined where none is, or where two are equally sure. */
export function detectFormat(record: Json): RecordFormat | undefined {
  const scores = RECORD_FORMATS.map((format) => ({ format, score: format.detectRecord(record) }));
  const best = Math.max(...scores.map(({ score }) => score));
  const winners = scores.filter(({ score }) => score === best);
  return best > 0 && winners.length === 1 ? winners[0]?.format : undefined;
}
