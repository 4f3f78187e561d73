/** The id of a journal: sidecars and the page's library belong to one journal and to no other. */
import { isJsonObject, stringAt } from '../../../core/model/json.ts';
import { isMissing } from '../system-error.ts';
import type { JournalFiles } from './journal-files.ts';

const FILE = 'journal.json';

export interface JournalIdentity {
  readonly journalId: string;
  /** What was wrong with the file, for a person. */
  readonly notice: string | undefined;
}

/** Reads the id, or gives the journal a new one; read-only, a journal without one has the empty id. */
export async function readJournalId(
  files: JournalFiles,
  readOnly: boolean,
  makeId: () => string,
): Promise<JournalIdentity> {
  const known = readKnownId(files);
  if (known !== undefined && known !== '') return { journalId: known, notice: undefined };
  const notice =
    known === undefined ? undefined : 'journal.json could not be read; the journal has a new id.';
  if (readOnly) return { journalId: '', notice };
  const journalId = makeId();
  await files.replace(FILE, Buffer.from(`${JSON.stringify({ version: 1, id: journalId })}\n`));
  await files.syncDirectory();
  return { journalId, notice };
}

/** Undefined where there is no file, empty where it cannot be read. */
function readKnownId(files: JournalFiles): string | undefined {
  try {
    const file = files.openForRead(FILE);
    try {
      const value: unknown = JSON.parse(file.read(0, file.size()).toString('utf8'));
      return (isJsonObject(value) ? stringAt(value, 'id') : undefined) ?? '';
    } finally {
      file.close();
    }
  } catch (error) {
    if (isMissing(error)) return undefined;
    if (error instanceof SyntaxError) return '';
    throw error;
  }
}
