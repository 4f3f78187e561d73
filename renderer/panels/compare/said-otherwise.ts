/** What two spans that belong together said, side by side: the words of their records, not their figures. */
import type { Message } from '../../../core/analysis/message.ts';
import { readMessages } from '../../../core/analysis/messages.ts';
import { objectAt, ownAt, type Json, type JsonObject } from '../../../core/model/json.ts';
import type { SpanKind } from '../../../core/model/span-kind.ts';
import type { SpanDetail } from '../../../core/rpc/contract.ts';
import { messageText, valueText } from '../../widgets/message-words.ts';

export interface SpanWords {
  /** Of a call of a model; none for other spans. */
  readonly messages: readonly Message[];
  /** What the model answered, as text. */
  readonly answer: string;
  /** Undefined where the record has none. */
  readonly input: string | undefined;
  readonly output: string | undefined;
  readonly error: string | undefined;
}

export function readSpanWords({ record }: SpanDetail, kind: SpanKind): SpanWords {
  const data = objectAt(record, 'span_data') ?? {};
  const isCall = kind === 'generation' || kind === 'response';
  const messages = isCall ? readMessages(data) : [];
  const answer = messages
    .filter(({ origin }) => origin === 'output')
    .map(messageText)
    .join('\n');
  return {
    messages,
    answer,
    input: isCall ? undefined : textAt(data, 'input'),
    output: isCall ? undefined : textAt(data, 'output'),
    error: textAt(record, 'error'),
  };
}

/** Equal for messages that say the same: ids of calls are others in every run. */
export function spokenKey(message: Message): string {
  return `${message.role}\n${messageText(message)}`;
}

/** What to say of a line; undefined: the same words. */
export function describeWords(a: SpanWords, b: SpanWords): string | undefined {
  const isTold = (words: SpanWords): string =>
    words.messages.flatMap((each) => (each.origin === 'input' ? spokenKey(each) : [])).join('\n');
  const changed = [
    ...(isTold(a) === isTold(b) ? [] : ['prompt']),
    ...(a.answer === b.answer ? [] : ['answer']),
    ...(a.input === b.input ? [] : ['arguments']),
    ...(a.output === b.output ? [] : ['result']),
  ];
  return changed.length === 0 ? undefined : `${changed.join(' and ')} changed`;
}

function textAt(object: JsonObject, name: string): string | undefined {
  const value: Json | undefined = ownAt(object, name);
  return value === undefined || value === null ? undefined : indented(value);
}

/** JSON in a text is laid out, so that a difference is a line and not the whole. */
function indented(value: Json): string {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return valueText(value);
  try {
    return valueText(JSON.parse(value) as Json);
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}
