/** Counts what became of one file: its spans and traces, what was left out and why, what nobody understood. */
import { diagnoseAt, isMessageCode, severityOf, type MessageCode } from '../../../core/formats/messages.ts';
import type { Place } from '../../../core/formats/foreign/foreign-format.ts';
import type { Diagnostic } from '../../../core/model/diagnostic.ts';
import type { FileReport } from '../../../core/rpc/contract.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import { IdSet } from './id-set.ts';

/** So many of a file's diagnostics are kept; `skipped` counts them all. */
const MAX_DIAGNOSTICS = 1000;
/** So many names of attributes are told; a file that makes up a name a span has millions. */
const MAX_UNREAD = 200;
const MAX_NAMES = 2000;
const MAX_NAME_LENGTH = 120;

export class FileTally {
  readonly #spans = new IdSet();
  readonly #traces = new Map<string, number>();
  /** The trace that was counted last: spans of one come together. */
  #last = { id: '', number: -1 };
  readonly #diagnostics: Diagnostic[] = [];
  readonly #skippedBy = new Map<string, number>();
  readonly #unread = new Map<string, number>();
  /** What attributes are told as; every span has the same few. */
  readonly #names = new Map<string, string>();

  /** Distinct spans so far. */
  get spans(): number {
    return this.#spans.size;
  }

  countBatch(batch: RecordBatch): void {
    for (const record of batch.records) {
      const trace = this.#numberOf(record.kind === 'span' ? record.row.traceId : record.traceId);
      if (record.kind === 'span') this.#spans.add(trace, record.row.spanId);
    }
  }

  /** What is left out on purpose is told once, what is left out for a fault each time. */
  skip(code: string, place: Place, count = 1): void {
    const known = isMessageCode(code) ? code : 'unknown-object';
    const before = this.#skippedBy.get(known) ?? 0;
    this.#skippedBy.set(known, before + count);
    if (before === 0 || severityOf(known) !== 'info') this.say(known, place);
  }

  say(code: MessageCode, place: Place = {}, words: { readonly [name: string]: string } = {}): void {
    if (this.#diagnostics.length < MAX_DIAGNOSTICS) this.#diagnostics.push(diagnoseAt(code, place, words));
  }

  unread(attribute: string): void {
    let name = this.#names.get(attribute);
    if (name === undefined) {
      name = attribute.replace(/\.\d+(?=\.|$)/g, '.N').slice(0, MAX_NAME_LENGTH);
      if (this.#names.size < MAX_NAMES) this.#names.set(attribute, name);
    }
    const known = this.#unread.get(name);
    if (known !== undefined || this.#unread.size < MAX_UNREAD) this.#unread.set(name, (known ?? 0) + 1);
  }

  /** `reason`: why the file was taken for that format. */
  report(path: string, format: string, reason: string | undefined): FileReport {
    let skipped = 0;
    for (const count of this.#skippedBy.values()) skipped += count;
    return {
      path,
      format,
      ...(reason !== undefined && { reason }),
      traces: this.#traces.size,
      spans: this.#spans.size,
      skipped,
      ...(skipped > 0 && { skippedBy: Object.fromEntries(this.#skippedBy) }),
      ...(this.#unread.size > 0 && { unreadAttributes: Object.fromEntries(this.#unread) }),
      diagnostics: this.#diagnostics,
    };
  }

  #numberOf(traceId: string): number {
    if (traceId === this.#last.id) return this.#last.number;
    const number = this.#traces.get(traceId) ?? this.#traces.size;
    this.#traces.set(traceId, number);
    this.#last = { id: traceId, number };
    return number;
  }
}
