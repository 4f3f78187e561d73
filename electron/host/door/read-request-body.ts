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
  if (encoding === 'identity' || encoding === '') return await collect(request, declared, limit, share);
  if (encoding !== 'gzip' && encoding !== 'x-gzip') throw new RefusedError(refusal('wrong-content-encoding'));
  return await collect(unzip(request), declared * 4, limit, share);
}

function unzip(request: IncomingMessage): Readable {
  const gunzip = createGunzip();
  request.on('error', (error) => gunzip.destroy(error));
  request.on('aborted', () => gunzip.destroy(new RefusedError(refusal('body-cut-short'))));
  return request.pipe(gunzip);
}

async function collect(
  source: Readable,
  expected: number,
  limit: number,
  share: BudgetShare,
): Promise<Buffer> {
  let body = Buffer.allocUnsafe(Math.min(Math.max(expected, 16_384), limit));
  let length = 0;
  let granted = Math.max(expected, body.length);
  const take = (chunk: Buffer): void => {
    if (length + chunk.length > limit) throw new RefusedError(refusal('body-too-large'));
    if (length + chunk.length > granted) {
      const more = Math.max(chunk.length, Math.min(granted, limit - granted));
      if (!share.grow(more)) throw new RefusedError(refusal('overloaded'));
      granted += more;
    }
    if (length + chunk.length > body.length) body = enlarge(body, length, length + chunk.length, limit);
    chunk.copy(body, length);
    length += chunk.length;
  };
  await pour(source, take);
  return body.subarray(0, length);
}

function enlarge(body: Buffer, length: number, needed: number, limit: number): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafe(Math.min(Math.max(body.length * 2, needed), limit));
  body.copy(larger, 0, 0, length);
  return larger;
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
