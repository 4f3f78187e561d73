/** What imports left behind that a crash broke off: a stage that was read to its end goes on, the others go. */
import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isMissing } from '../system-error.ts';
import type { TraceStore } from '../trace-store.ts';
import { commitStage } from './commit-stage.ts';
import { lookAtStage } from './stage-file.ts';

/** The folder of a data directory that holds stages. */
export function stageDirectoryOf(dataDirectory: string): string {
  return join(dataDirectory, 'imports');
}

export const STAGE_ENDING = '.stage';

/** Sentences for a person. Call it before any import begins. Rejects with JournalUnavailableError. */
export async function resumeImports(store: TraceStore, stageDirectory: string): Promise<readonly string[]> {
  const notices: string[] = [];
  for (const name of await listStages(stageDirectory)) {
    const path = join(stageDirectory, name);
    const { plan } = await lookAtStage(path);
    if (plan === undefined) {
      notices.push('An import was broken off while its file was read; nothing of it was kept.');
    } else {
      // What a crash let through already counts once, however often it is added.
      await commitStage(path, plan, { store });
      notices.push(`The import of ${basename(plan.path)} was broken off and has been finished.`);
    }
    await rm(path, { force: true });
  }
  return notices;
}

async function listStages(directory: string): Promise<readonly string[]> {
  try {
    return (await readdir(directory)).filter((name) => name.endsWith(STAGE_ENDING)).sort();
  } catch (error) {
    // Nothing was ever imported.
    if (isMissing(error)) return [];
    throw error;
  }
}
