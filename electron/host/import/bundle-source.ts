/** A bundle's lines, of a file or of a stream; a stream is laid down first, since a bundle is read from its end. */
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { NOTE_LIMITS, type Note } from '../../../core/model/note.ts';
import type { FileReport } from '../../../core/rpc/contract.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import type { TraceStore } from '../trace-store.ts';
import { BundleFile } from './bundle-file.ts';

/** Is told what a bundle holds besides records, and how far its packed bytes are read. */
export interface BundleTaker {
  bytesRead: number;
  notes: readonly Note[];
}

/** A report on its way from the reader to the library. */
export interface BundledReport extends FileReport {
  /** The notes of a bundle, for whoever adds its records; never part of what is told. */
  readonly bundledNotes?: readonly Note[];
}

/** As reports name it. */
export const BUNDLE_FORMAT = 'tracebundle';
const NOTHING = Buffer.alloc(0);

/** Rejects with BundleError before the first line; what it yields before is empty, so that one can stop it. */
export async function* bundleChunks(handle: FileHandle, taker: BundleTaker): AsyncGenerator<Buffer> {
  const bundle = await BundleFile.open(handle);
  const proof = bundle.prove();
  while ((await proof.next()).done !== true) yield NOTHING;
  taker.notes = await bundle.readNotes();
  yield* bundle.records((bytes) => {
    taker.bytesRead += bytes;
  });
}

/** The same of a bundle that comes as a stream. */
export async function* laidDownChunks(
  chunks: AsyncIterable<Buffer>,
  taker: BundleTaker,
): AsyncGenerator<Buffer> {
  const directory = await makeTemporaryFolder();
  try {
    const handle = await open(join(directory, 'bundle'), 'wx+', 0o600);
    try {
      for await (const chunk of chunks) {
        await handle.writeFile(chunk);
        yield NOTHING;
      }
      const told: BundleTaker = { bytesRead: 0, notes: [] };
      for await (const chunk of bundleChunks(handle, told)) {
        // Bytes were counted as they came.
        taker.notes = told.notes;
        yield chunk;
      }
    } finally {
      await handle.close();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The report of a file, where its records came in a bundle as one of that. */
export function reportBundle(
  report: FileReport,
  source: { readonly isBundle: boolean; readonly notes: readonly Note[] },
): BundledReport {
  if (!source.isBundle) return report;
  const isBroken = report.diagnostics.some(({ severity }) => severity === 'error');
  const diagnostics = isBroken
    ? report.diagnostics.filter(({ code }) => code !== 'empty-file')
    : report.diagnostics;
  return {
    ...report,
    format: BUNDLE_FORMAT,
    reason: 'Tracebench bundle, surely, by its first entry',
    diagnostics,
    ...(source.notes.length > 0 && { bundledNotes: source.notes }),
  };
}

/** Takes the notes of a report to the library, but for those that it has in a newer form and those past the limit. */
export async function addBundledNotes(report: BundledReport, store: TraceStore): Promise<FileReport> {
  const { bundledNotes = [], ...told } = report;
  const counts = new Map<string, number>();
  const due = bundledNotes.filter((note) => {
    const { traceId } = note;
    const known = store.library.notes.find(traceId, note.id);
    if (known !== undefined) return known.at < note.at;
    const count = counts.get(traceId) ?? store.library.notes.of(traceId).length;
    if (!store.library.has(traceId) || count >= NOTE_LIMITS.notes) return false;
    counts.set(traceId, count + 1);
    return true;
  });
  for (let from = 0; from < due.length; from += NOTES_A_BLOCK) {
    await store.putNotes(due.slice(from, from + NOTES_A_BLOCK));
  }
  return told;
}

/** Of at most 20,000 letters each. */
const NOTES_A_BLOCK = 200;
