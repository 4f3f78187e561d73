/** Receives one body within its limits, as it is or unzipped. Nothing is buffered past a limit. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { BudgetShare } from './body-budget.ts';
import { refusal, RefusedError } from './refusal.ts';

/** The declared length; 0 where none is declared. */
export function declaredLength(request: IncomingMessage): number {
  return Number(request.headers['content-length'] ?? 0);
}

/** Rejects with RefusedError. `limit` counts unzipped bytes. */
export async function readRequestBody(
  request: IncomingMessage,
  limit: number,
  share: BudgetShare,
): Promise<Buffer> {
  const declared = declaredLength(request);
  if (declared > limit) throw new RefusedError(refusal('body-too-large'));
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return await collect(request, limit, share);
  if (encoding !== 'gzip' && encoding !== 'x-gzip') throw new RefusedError(refusal('wrong-content-encoding'));
  const unzipped = unzip(request);
  try {
    return await collect(unzipped, limit, share);
  } finally {
    request.unpipe();
    unzipped.destroy();
  }
}

function unzip(request: IncomingMessage): Readable {
  const gunzip = createGunzip();
  request.on('error', (error) => gunzip.destroy(error));
  request.on('aborted', () => gunzip.destroy(new RefusedError(refusal('body-cut-short'))));
  return request.pipe(gunzip);
}

/** Holds what has come, never room for what was only announced. */
async function collect(source: Readable, limit: number, share: BudgetShare): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  await pour(source, (chunk) => {
    length += chunk.length;
    if (length > limit) throw new RefusedError(refusal('body-too-large'));
    if (!share.hold(chunk.length)) throw new RefusedError(refusal('overloaded'));
    chunks.push(chunk);
  });
  const [only] = chunks;
  return only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks, length);
}

/** Events instead of async iteration: the latter costs a promise a chunk on the hottest path there is. */
function pour(source: Readable, take: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    source.on('data', (chunk: Buffer) => {
      try {
        take(chunk);
      } catch (error) {
        source.removeAllListeners('data');
        source.pause();
        reject(error instanceof Error ? error : new Error('the body could not be taken'));
      }
    });
    source.on('end', resolve);
    source.on('error', (error) => {
      reject(explain(error));
    });
    source.on('aborted', () => {
      reject(new RefusedError(refusal('body-cut-short')));
    });
  });
}

function explain(error: Error): RefusedError {
  if (error instanceof RefusedError) return error;
  const zipped = 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
  return new RefusedError(refusal(zipped ? 'bad-gzip' : 'body-cut-short'));
}
