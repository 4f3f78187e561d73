/**
 * What was said in each of many traces: the last thing a person said to it and its last answer, read as they come
 * into sight, one trace after the other, and kept.
 */
import { computeConversation } from '../../core/analysis/conversation.ts';
import { computeHandoffs } from '../../core/analysis/handoffs.ts';
import type { Message } from '../../core/analysis/message.ts';
import { readMessages } from '../../core/analysis/messages.ts';
import { objectAt } from '../../core/model/json.ts';
import type { Link } from './link.svelte.ts';
import { loadTrace, type LoadedTrace } from './loaded-trace.ts';
import { readAllRecords } from './read-records.ts';

export interface TraceTalk {
  /** Undefined: no call of a model was told anything by a person. */
  readonly asked: Message | undefined;
  /** Undefined: no call has answered. */
  readonly answered: Message | undefined;
  /** The span that answered. */
  readonly spanId: string | undefined;
}

export class GroupTalk {
  /** Replaced with everything that comes. */
  #held: Readonly<Record<string, TraceTalk | string>> = $state.raw({});
  readonly #link: Pick<Link, 'request'>;
  #wanted: readonly string[] = [];
  #isReading = false;

  constructor(link: Pick<Link, 'request'>) {
    this.#link = link;
  }

  /** Undefined: not read yet; a text: why it cannot be. */
  get(traceId: string): TraceTalk | string | undefined {
    return Object.hasOwn(this.#held, traceId) ? this.#held[traceId] : undefined;
  }

  want(traceId: string): void {
    if (this.get(traceId) !== undefined || this.#wanted.includes(traceId)) return;
    this.#wanted = [...this.#wanted, traceId];
    if (!this.#isReading) void this.#readOn();
  }

  async #readOn(): Promise<void> {
    this.#isReading = true;
    for (let [traceId] = this.#wanted; traceId !== undefined; [traceId] = this.#wanted) {
      const talk = await this.#read(traceId).catch(sayWhy);
      this.#held = { ...this.#held, [traceId]: talk };
      this.#wanted = this.#wanted.slice(1);
    }
    this.#isReading = false;
  }

  async #read(traceId: string): Promise<TraceTalk | string> {
    const { result, bytes } = await this.#link.request('trace.open', { traceId });
    // Nobody looks at the trace itself: its changes need not be told.
    this.#link.request('trace.close', { traceId }).catch(() => undefined);
    if (bytes === undefined) return 'The host sent no spans.';
    return readTalk(this.#link, loadTrace(result, bytes));
  }
}

async function readTalk(link: Pick<Link, 'request'>, trace: LoadedTrace): Promise<TraceTalk> {
  const { table, tree } = trace.model;
  const entries = computeConversation(table, tree, computeHandoffs(table, tree));
  const calls = entries.filter(({ kind }) => kind === 'call').map(({ row }) => row);
  const [first, last] = [calls[0], calls.at(-1)];
  if (first === undefined || last === undefined) {
    return { asked: undefined, answered: undefined, spanId: undefined };
  }
  const records = await readAllRecords(link, trace, [...new Set([first, last])]);
  const messagesOf = (row: number): readonly Message[] => {
    const record = records.get(row)?.record;
    return record === undefined ? [] : readMessages(objectAt(record, 'span_data') ?? {});
  };
  const isSaid = ({ parts }: Message): boolean =>
    parts.some(({ kind }) => kind === 'text' || kind === 'media');
  return {
    asked: messagesOf(first).findLast(
      (message) => message.origin === 'input' && message.role === 'user' && isSaid(message),
    ),
    answered: messagesOf(last).findLast(({ origin }) => origin === 'output'),
    spanId: table.spanId(last),
  };
}

function sayWhy(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
