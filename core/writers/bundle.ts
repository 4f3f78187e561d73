/** The bundle: a zip of canonical lines with a manifest. The same traces always give the same bytes. */
import { wordsOf } from '../rpc/export-targets.ts';
import {
  BUNDLE_MARK,
  BUNDLE_VERSION,
  FINDINGS_NAME,
  MANIFEST_NAME,
  MARK_NAME,
  NOTES_NAME,
  VIEWS_NAME,
  writeManifest,
} from '../formats/bundle/manifest.ts';
import { canonicalJson, type Json } from '../model/json.ts';
import { writeRecordLines } from './agents-jsonl.ts';
import { BundleZip } from './bundle-zip.ts';
import type {
  Chunk,
  ExportAbout,
  ExportedTrace,
  ExportTarget,
  TraceWriter,
  WriterParts,
} from './exported-trace.ts';

/** A further entry begins with the trace after so many bytes: a reader checks each as a whole. */
const ENTRY_BYTES = 16 * 1024 * 1024;
/** Lines are compressed so many characters at a time. */
const PART_CHARACTERS = 64 * 1024;

export const bundle: ExportTarget = {
  ...wordsOf('bundle'),
  extension: '.tracebundle',
  contentType: 'application/zip',
  readable: true,
  open: (parts) => new BundleWriter(parts),
};

class BundleWriter implements TraceWriter {
  readonly losses: ReadonlyMap<string, number> = new Map();
  readonly #zip: BundleZip;
  #isOpen = false;
  #parts = 0;
  #traces = 0;
  #spans = 0;
  #records = 0;
  readonly #notes: string[] = [];
  readonly #findings: string[] = [];

  constructor({ sha256 }: WriterParts) {
    this.#zip = new BundleZip(sha256);
  }

  *begin(): Iterable<Chunk> {
    this.#writeEntry(MARK_NAME, [BUNDLE_MARK]);
    // The mark tells what the file is, not what is in it.
    this.#zip.entries.length = 0;
    yield* this.#zip.take();
  }

  *trace(trace: ExportedTrace): Iterable<Chunk> {
    if (!this.#isOpen) {
      this.#parts++;
      this.#zip.begin(`data/traces-${String(this.#parts).padStart(6, '0')}.jsonl`);
      this.#isOpen = true;
    }
    this.#traces++;
    this.#spans += trace.spans.length;
    yield* this.#writeLines(writeRecordLines(trace));
    if (this.#zip.entryBytes >= ENTRY_BYTES) yield* this.#endRecords();
    for (const note of trace.notes) this.#notes.push(lineOf({ ...note, labels: [...note.labels] }));
    for (const finding of trace.findings) {
      this.#findings.push(lineOf({ traceId: trace.summary.id, ...finding, spanIds: [...finding.spanIds] }));
    }
  }

  *end({ withheld, rules, priceTable, views }: ExportAbout): Iterable<Chunk> {
    yield* this.#endRecords();
    this.#writeExtra(FINDINGS_NAME, this.#findings);
    this.#writeExtra(NOTES_NAME, this.#notes);
    this.#writeExtra(VIEWS_NAME, views.map(lineOf));
    const manifest = writeManifest({
      version: BUNDLE_VERSION,
      counts: {
        traces: this.#traces,
        spans: this.#spans,
        records: this.#records,
        notes: this.#notes.length,
        findings: this.#findings.length,
        views: views.length,
      },
      entries: [...this.#zip.entries],
      withheld: rules.length === 0 ? null : { rules, counts: withheld.map((count): Json => ({ ...count })) },
      priceTable,
    });
    this.#writeEntry(MANIFEST_NAME, [manifest]);
    this.#zip.finish();
    yield* this.#zip.take();
  }

  *#writeLines(lines: Iterable<Chunk>): Generator<Chunk> {
    let text = '';
    for (const line of lines) {
      text += String(line);
      this.#records++;
      if (text.length < PART_CHARACTERS) continue;
      this.#zip.add(text);
      text = '';
      yield* this.#zip.take();
    }
    if (text !== '') this.#zip.add(text);
    yield* this.#zip.take();
  }

  *#endRecords(): Generator<Chunk> {
    if (!this.#isOpen) return;
    this.#zip.end();
    this.#isOpen = false;
    yield* this.#zip.take();
  }

  #writeExtra(name: string, lines: readonly string[]): void {
    if (lines.length > 0) this.#writeEntry(name, [...lines].sort());
  }

  #writeEntry(name: string, texts: readonly string[]): void {
    this.#zip.begin(name);
    for (const text of texts) this.#zip.add(text);
    this.#zip.end();
  }
}

function lineOf(value: Json): string {
  return `${canonicalJson(value)}\n`;
}
