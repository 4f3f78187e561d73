/** Asks about records, holds and erasing: a running host over its connection, or the same answers from the data directory. */
import { visible } from '../core/analysis/text-view.ts';
import type { AuditRequests } from '../core/rpc/audit.ts';
import { useAuditedStore } from '../electron/host/audit/audited-store.ts';
import { findHostConnection } from '../electron/host/client/open-trace-source.ts';
import { findDataDirectory } from '../electron/host/data-directory.ts';
import { systemClock } from '../electron/host/host.ts';
import { answerAudit } from '../electron/host/rpc-server/audit-answers.ts';
import { say } from './output.ts';

export interface AuditWish {
  readonly data?: string;
  readonly json?: boolean;
}

/** Undefined, and said, where another process owns the directory and is no host. */
export async function askAudit<Name extends keyof AuditRequests>(
  { data }: AuditWish,
  name: Name,
  params: AuditRequests[Name]['params'],
): Promise<AuditRequests[Name]['result'] | undefined> {
  const directory = findDataDirectory(data);
  const connection = await findHostConnection(directory, process.env['TRACEBENCH_URL'], 'toWrite');
  if (connection !== undefined) {
    try {
      return (await connection.request(name, params)).result;
    } finally {
      connection.close();
    }
  }
  const answered = await useAuditedStore(directory, systemClock, async (opened) => {
    const { result } = await answerAudit(opened)[name](params);
    return result;
  });
  if (answered === undefined) {
    say('Another process is writing to this data directory; try again when it is done.');
  }
  return answered;
}

/** A day and a time for a table. */
export function timeText(iso: string): string {
  return visible(iso.replace('T', ' ').replace(/\.\d+Z$/, 'Z'));
}
