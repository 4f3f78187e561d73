/** The first word on a line. A host that is just ending may leave it without an answer and without an end. */
import { RpcError, type Connection } from '../../core/rpc/connection.ts';
import type { HostStatus } from '../../core/rpc/contract.ts';

/** A host answers at once; one that is busy for longer is greeted again. */
const PATIENCE_MS = 3000;

/** Says hello. Rejects with RpcError: `wrong-token`, or `closed` where the line ends or nobody answers. */
export async function greet(connection: Connection, token: string): Promise<HostStatus> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new RpcError('closed', 'The host did not answer.'));
    }, PATIENCE_MS);
  });
  try {
    return (await Promise.race([connection.request('hello', { token }), silence])).result;
  } catch (error) {
    connection.close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
