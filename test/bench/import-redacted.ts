/** An import whose every record is looked through for all that is sensitive, and rewritten where something was found. */
import { join } from 'node:path';
import { SENSITIVE_TYPES } from '../../core/detect/sensitive-types.ts';
import { systemClock } from '../../electron/host/host.ts';
import { Importer } from '../../electron/host/import/importer.ts';
import type { Reading } from '../../electron/host/import/reading.ts';
import { strictPolicy } from '../../electron/host/intake/redaction-settings.ts';
import { openStore } from '../../electron/host/open-store.ts';

const KEY = '00'.repeat(32);
const HOST = { ask: () => Promise.reject(new Error('no plugin is on')), tell: () => Promise.resolve() };
const RULES = { access: [], redact: [], redaction: { policy: strictPolicy(SENSITIVE_TYPES), key: KEY } };

export async function importRedacted(path: string, directory: string, reading: Reading): Promise<void> {
  const store = await openStore(directory, systemClock);
  try {
    const stageDirectory = join(directory, 'imports');
    const intake = (): { rules: typeof RULES; host: typeof HOST } => ({ rules: RULES, host: HOST });
    const importer = new Importer({ store, clock: systemClock, stageDirectory, reading, intake });
    const [report] = await importer.importPaths('bench', [path]);
    if (report === undefined || report.skipped > 0) {
      throw new Error(`the import left something out: ${JSON.stringify(report)}`);
    }
  } finally {
    await store.close();
  }
}
