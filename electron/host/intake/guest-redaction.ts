/**
 * One plugin that redacts, asked about the records of one batch. It fails closed: a call that fails is tried once more,
 * then cut in halves until the record is found that it fails on; that one has no answer. Every answer is compared with
 * what was asked: another number of records, another id, time, kind or parent is no answer.
 */
import type { RecordFormat } from '../../../core/formats/format.ts';
import { isJsonList, isJsonObject, type Json } from '../../../core/model/json.ts';
import { PluginFault, PluginUnavailable } from '../plugins/plugin-fault.ts';
import { isBreakdown } from '../plugins/is-breakdown.ts';
import type { KeptRecord } from '../records/record-batch.ts';
import { IntakeClosedError } from './intake-closed.ts';
import type { AskedPlugin } from './intake-rules.ts';
import { isSameRecord } from './is-same-record.ts';

export interface RedactableLine {
  readonly place: number;
  readonly text: string;
  readonly record: KeptRecord;
}

type Answer = Pick<RedactableLine, 'text' | 'record'> | undefined;

/** A call carries so many records or characters: a breakdown costs the content of no more than that. */
const CALL_RECORDS = 64;
const CALL_CHARACTERS = 256 * 1024;
/** Of one batch. A plugin that fails on everything must not be asked about every record of it. */
const MOST_FAULTS = 32;

export class GuestRedaction {
  readonly plugin: AskedPlugin;
  readonly #format: RecordFormat;
  #faults = 0;

  constructor(plugin: AskedPlugin, format: RecordFormat) {
    this.plugin = plugin;
    this.#format = format;
  }

  /** One answer a line; undefined where it has none. Rejects with IntakeClosedError where the plugin does not run. */
  async redact(lines: readonly RedactableLine[]): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    for (const part of cutParts(lines)) answers.push(...(await this.#redactPart(part, true)));
    return answers;
  }

  async #redactPart(lines: readonly RedactableLine[], mayRetry: boolean): Promise<readonly Answer[]> {
    const none = lines.map(() => undefined);
    if (this.#faults >= MOST_FAULTS) return none;
    const answer = await this.#ask(lines);
    if (answer.kind === 'answered') return answer.answers;
    if (mayRetry) return await this.#redactPart(lines, false);
    // It was started again and broke down on the same records: a third time would be its end.
    if (lines.length < 2 || answer.kind === 'broken-down') return none;
    const half = lines.length >> 1;
    const first = await this.#redactPart(lines.slice(0, half), false);
    return [...first, ...(await this.#redactPart(lines.slice(half), false))];
  }

  async #ask(
    lines: readonly RedactableLine[],
  ): Promise<{ kind: 'answered'; answers: readonly Answer[] } | { kind: 'failed' | 'broken-down' }> {
    try {
      const input = `[${lines.map(({ text }) => text).join(',')}]`;
      const told = await this.plugin.call('redact', input, lines.length);
      const answers = this.#read(lines, JSON.parse(told) as Json);
      if (answers !== undefined) return { kind: 'answered', answers };
    } catch (error) {
      if (error instanceof PluginUnavailable) throw new IntakeClosedError(UNAVAILABLE);
      // What it threw may hold the record's own words: it is told to nobody.
      if (!(error instanceof PluginFault || error instanceof SyntaxError)) throw error;
      this.#faults++;
      return { kind: error instanceof PluginFault && isBreakdown(error) ? 'broken-down' : 'failed' };
    }
    this.#faults++;
    return { kind: 'failed' };
  }

  /** Undefined where the answer as a whole is none. */
  #read(lines: readonly RedactableLine[], told: Json): readonly Answer[] | undefined {
    if (!isJsonList(told) || told.length !== lines.length) return undefined;
    return lines.map(({ record }, i): Answer => {
      const value = told[i];
      if (!isJsonObject(value)) return undefined;
      const read = this.#format.readRecord(value);
      return isSameRecord(record, read) ? { text: JSON.stringify(value), record: read } : undefined;
    });
  }
}

const UNAVAILABLE = 'What redacts records before they are stored does not run just now: nothing is taken.';

function* cutParts(lines: readonly RedactableLine[]): Generator<readonly RedactableLine[]> {
  let part: RedactableLine[] = [];
  let characters = 0;
  for (const line of lines) {
    if (part.length > 0 && (part.length >= CALL_RECORDS || characters + line.text.length > CALL_CHARACTERS)) {
      yield part;
      part = [];
      characters = 0;
    }
    part.push(line);
    characters += line.text.length;
  }
  if (part.length > 0) yield part;
}
