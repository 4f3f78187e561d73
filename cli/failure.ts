/** An expected failure as one sentence and an exit code; anything else is a bug of ours and loud. */
import { RpcError } from '../core/rpc/connection.ts';
import { BadHoldError } from '../electron/host/audit/hold-shelf.ts';
import { BadHostUrlError } from '../electron/host/client/open-trace-source.ts';
import { TooManySpansError } from '../electron/host/corpus/fact-keeper.ts';
import { HostUnreachableError } from '../electron/host/client/host-unreachable.ts';
import { JournalUnavailableError } from '../electron/host/journal/journal-unavailable.ts';
import { PortTakenError } from '../electron/host/listen.ts';
import { PluginFault } from '../electron/host/plugins/plugin-fault.ts';
import { ExitCode, say } from './output.ts';

export function explainFailure(error: unknown): ExitCode {
  if (error instanceof BadHostUrlError) {
    say(error.message);
    return ExitCode.usage;
  }
  const expected =
    error instanceof HostUnreachableError ||
    error instanceof RpcError ||
    error instanceof JournalUnavailableError ||
    error instanceof PortTakenError ||
    error instanceof PluginFault ||
    error instanceof BadHoldError ||
    error instanceof TooManySpansError ||
    // What the system refuses, such as a data directory that is not ours, names itself.
    (error instanceof Error && 'syscall' in error);
  if (expected) say(error instanceof Error ? error.message : String(error));
  else say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return ExitCode.partial;
}
