/** What a page is told where the journal takes nothing just now. */
import { RpcError } from '../../../core/rpc/connection.ts';
import { JournalUnavailableError } from '../journal/journal-unavailable.ts';

/** A disk that is full is no bug of ours: the other end is told the reason. */
export async function tellUnavailable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof JournalUnavailableError) throw new RpcError('unavailable', error.reason);
    throw error;
  }
}
