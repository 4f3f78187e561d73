/**
 * The names in a trace's columns as they may leave: ids in them become pseudonyms, and a name that repeats what was
 * withheld goes as it does in the records, so that a table or a text tells no more than they do.
 */
import { openaiAgents } from '../../../core/formats/openai-agents.ts';
import { at } from '../../../core/model/assert.ts';
import type { JsonObject } from '../../../core/model/json.ts';
import { SpanTable } from '../../../core/model/span-table.ts';
import { WITHHELD } from '../../../core/sanitise/rules.ts';
import { LONG_COPY } from '../../../core/sanitise/sanitiser.ts';

const COLUMNS = ['name', 'agent', 'target', 'model'] as const;

export interface LeavingNamesParts {
  /** A text with the ids in it replaced. */
  readonly clean: (text: string) => string;
  /** The records of the span in a row, as they leave. */
  readonly recordsOf: (row: number) => readonly JsonObject[];
}

export class LeavingNames {
  readonly #parts: LeavingNamesParts;
  readonly #known = new Map<string, string>();

  constructor(parts: LeavingNamesParts) {
    this.#parts = parts;
  }

  /** A copy of a trace's rows with such names; yields after each row, so that one can pause. */
  *copy(spans: SpanTable): Generator<undefined, SpanTable> {
    const copied = new SpanTable();
    for (let row = 0; row < spans.length; row++) {
      copied.appendFrom(spans, row, 0);
      // Made of an error's message, of which the records say how much may leave; nothing that leaves shows it.
      copied.columns.errorClass[row] = 0;
      for (const column of COLUMNS) {
        const text = spans.strings.at(at(spans.columns[column], row));
        if (text === undefined) continue;
        copied.columns[column][row] = copied.strings.add(this.#leaving(text, column, row));
      }
      yield;
    }
    return copied;
  }

  /** The same of a name that the columns hold. */
  text(text: string): string {
    return this.#known.get(text) ?? this.#parts.clean(text);
  }

  #leaving(text: string, column: (typeof COLUMNS)[number], row: number): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const left = text.length < LONG_COPY ? this.#parts.clean(text) : this.#ofRecords(text, column, row);
    this.#known.set(text, left);
    return left;
  }

  /** A shorter text stays wherever it names something; of a longer one the record says what became of it. */
  #ofRecords(text: string, column: (typeof COLUMNS)[number], row: number): string {
    const names = this.#parts.recordsOf(row).flatMap((record) => {
      const read = openaiAgents.readRecord(record);
      return read.kind === 'span' ? (read.row[column] ?? []) : [];
    });
    return names.includes(text) ? text : (names[0] ?? WITHHELD);
  }
}
