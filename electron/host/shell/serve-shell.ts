/** The host as a process beside the desktop shell: started, given pages and ended by what the shell says. */
import { makeMessagePort, type MessageEndpoint } from '../../../core/rpc/message-port.ts';
import { startHost, type Host } from '../host.ts';
import { PortTakenError } from '../listen.ts';
import { findHost } from '../owner/find-host.ts';
import { reportBug } from '../report-bug.ts';
import { systemErrorCode } from '../system-error.ts';
import { isShellWords, type HostWords, type ShellHostOptions } from './words.ts';

/** The line to the shell, whichever kind of process this is. */
export interface ShellLine {
  say(words: HostWords): void;
  onWords(listener: (words: unknown, ports: readonly MessageEndpoint[]) => void): void;
  /** Ends this process, or thread. */
  end(): void;
}

/** Requests of a page are small, and while so much waits for it it is asked to read first. */
export const PAGE_LIMITS = { mostBytes: 4 * 1024 * 1024, deafBytes: 16 * 1024 * 1024 };
const PATIENCE_MS = 5000;

/** Returns how to end the host and the process with it: what `close` of the shell does. */
export function serveShell(line: ShellLine): () => Promise<void> {
  let host: Host | undefined;
  const end = async (): Promise<void> => {
    const ending = host;
    host = undefined;
    await ending?.close().catch(reportBug);
    line.end();
  };
  line.onWords((words, ports) => {
    if (!isShellWords(words)) return;
    switch (words.kind) {
      case 'start':
        void start(words.options, line).then((started) => {
          host = started;
        });
        break;
      case 'connect':
        for (const port of ports) {
          if (host === undefined) port.close();
          else host.connect(makeMessagePort(port, PAGE_LIMITS));
        }
        break;
      case 'close':
        void end();
        break;
    }
  });
  return end;
}

/** Says how it went, whatever happens. */
async function start(options: ShellHostOptions, line: ShellLine): Promise<Host | undefined> {
  try {
    const result = await startHost(options);
    if (result.kind === 'held') {
      line.say(await findElsewhere(options.dataDirectory, result.by.pid));
      return undefined;
    }
    const { host } = result;
    host.onImporting((share) => {
      line.say({ kind: 'importing', share });
    });
    const { ui, ingest, token } = host;
    line.say({ kind: 'started', ui, ingest, token });
    return host;
  } catch (error) {
    line.say({ kind: 'failed', message: explain(error) });
    return undefined;
  }
}

async function findElsewhere(dataDirectory: string, pid: number): Promise<HostWords> {
  const found = await findHost(dataDirectory, PATIENCE_MS);
  if (found.kind === 'running') {
    const { ui, token, version } = found.host;
    return { kind: 'elsewhere', ui, token, version };
  }
  const message = `Process ${String(pid)} is writing to ${dataDirectory}. Start Tracebench again when it is done.`;
  return { kind: 'failed', message };
}

function explain(error: unknown): string {
  if (error instanceof PortTakenError) return error.message;
  if (error instanceof Error && systemErrorCode(error) !== undefined) {
    return `The data directory cannot be used: ${error.message}.`;
  }
  reportBug(error);
  return 'The host could not be started; its last words are on the standard error stream.';
}
