/** Who speaks and what is said of it, in the words of the conversation. */
import type { Message, MessagePart } from '../../../core/analysis/message.ts';
import type { Json } from '../../../core/model/json.ts';
import { at } from '../../../core/model/assert.ts';
import { SpanFlag } from '../../../core/model/span-row.ts';
import type { FlameModel } from '../../charts/flame/model.ts';
import type { TraceCourse } from '../../state/trace-course.ts';
import { formatCountOf } from '../../format/count.ts';

/** The agent whose run it is; undefined outside of all runs. */
export function agentName(model: FlameModel, { story }: TraceCourse, visit: number): string | undefined {
  return visit < 0 ? undefined : model.table.strings.at(at(story.visits, visit).name);
}

/** Who said a message: the agent by name, the others by their part. */
export function speakerOf({ role, wireRole, origin }: Message, agent: string | undefined): string {
  if (role === 'assistant') return origin === 'output' ? (agent ?? 'Assistant') : 'Assistant';
  if (role === 'system') return wireRole === 'developer' ? 'Developer' : 'System';
  return role === 'user' ? 'User' : 'Tool result';
}

/** Tokens that a call answered with, `in progress` while it runs; empty where nothing is known. */
export function answerNote({ table }: FlameModel, row: number): string {
  if ((at(table.columns.flags, row) & SpanFlag.ended) === 0) return 'in progress';
  const output = at(table.columns.outputTokens, row);
  return output < 0 ? '' : formatCountOf(output, 'token');
}

/** `The same 14 messages as before`, with the results that stand at their calls told apart. */
export function repeatedWords(messages: number, results: number): string {
  const same = messages - results;
  const shown = results === 0 ? '' : `${formatCountOf(results, 'result')} shown above`;
  if (same === 0) return shown;
  const words =
    same === 1 ? 'The same message as before' : `The same ${formatCountOf(same, 'message')} as before`;
  return shown === '' ? words : `${words}, ${shown}`;
}

/** All that can be searched in a piece of a message. */
export function wordsOf(part: MessagePart): string {
  switch (part.kind) {
    case 'text':
    case 'refusal':
    case 'reasoning':
      return part.text;
    case 'tool-call':
      return `${part.name} ${jsonWords(part.input)}`;
    case 'tool-result':
      return jsonWords(part.output);
    case 'other':
      return jsonWords(part.value);
    case 'media':
      return part.type;
  }
}

export function jsonWords(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Of an argument or a result so much stands in its line. */
const LINE_LETTERS = 400;

/** A value in one line, cut: arguments and results may be megabytes. */
export function lineOf(value: Json | undefined): string {
  const words = typeof value === 'string' ? value.slice(0, LINE_LETTERS * 2) : jsonWords(value);
  return words.slice(0, LINE_LETTERS).replace(/\s+/g, ' ').trim();
}
