/** What imports left behind that a crash broke off: a stage that was read to its end goes on, the others go. */
import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FileReport } from '../../../core/rpc/contract.ts';
import { JournalUnavailableError } from '../journal/journal-unavailable.ts';
import { isMissing, systemErrorCode } from '../system-error.ts';
import type { TraceStore } from '../trace-store.ts';
import { addStage, type StoredTrail } from './commit-stage.ts';
import { DamagedStageError } from './damaged-stage.ts';
import { lookAtStage } from './read-stage.ts';
import { segmentsBeside } from './segment-stager.ts';
import { removeStage } from './stage-file.ts';

/** The folder of a data directory that holds stages. */
export function stageDirectoryOf(dataDirectory: string): string {
  return join(dataDirectory, 'imports');
}

export const STAGE_ENDING = '.stage';

/** `keep` is told what became of each file that was finished. */
type KeepReport = (report: FileReport) => Promise<void>;

/** Sentences for a person. Call it before any import begins; whatever lies there, it never keeps a host from starting. */
export async function resumeImports(
  store: TraceStore,
  stageDirectory: string,
  keep: KeepReport = () => Promise.resolve(),
  audit?: StoredTrail,
): Promise<readonly string[]> {
  const notices: string[] = [];
  for (const name of await listStages(stageDirectory)) {
    const path = join(stageDirectory, name);
    let file = 'a file';
    try {
      const { plan, report } = await lookAtStage(path);
      if (plan === undefined) {
        notices.push('An import was broken off while its file was read; nothing of it was kept.');
      } else {
        file = basename(plan.path);
        // What a crash let through already counts once, however often it is added.
        await keep(
          await addStage({ path, plan, report: report ?? unknownReport(plan.path) }, { store, audit }),
        );
        notices.push(`The import of ${file} was broken off and has been finished.`);
      }
    } catch (error) {
      if (error instanceof JournalUnavailableError) {
        notices.push(`The import of ${file} was broken off, and waits for the next start: ${error.reason}`);
        continue;
      }
      if (!(error instanceof DamagedStageError) && systemErrorCode(error) === undefined) throw error;
      notices.push(`The import of ${file} was broken off and could not be finished; import it again.`);
    }
    await removeStage(path);
  }
  return notices;
}

/** Of a stage whose report is damaged: what it held is in the library all the same. */
function unknownReport(path: string): FileReport {
  return { path, format: '', traces: 0, spans: 0, skipped: 0, diagnostics: [] };
}

async function listStages(directory: string): Promise<readonly string[]> {
  try {
    const names = await readdir(directory);
    const stages = names.filter((name) => name.endsWith(STAGE_ENDING)).sort();
    const theirs = new Set(stages.map(segmentsBeside));
    for (const name of names) {
      const isForgotten = name.endsWith(segmentsBeside(STAGE_ENDING));
      if (isForgotten && !theirs.has(name)) await rm(join(directory, name), { recursive: true, force: true });
    }
    return stages;
  } catch (error) {
    // Nothing was ever imported.
    if (isMissing(error)) return [];
    throw error;
  }
}
