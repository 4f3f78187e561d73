/** The codes of the system's errors, read with a check, since anything can be thrown. */

/** The other end of a stream ended it early: nothing that we could have done. */
const WENT_AWAY = 'ERR_STREAM_PREMATURE_CLOSE';

/**
 * `ENOENT`, `EADDRINUSE`, zlib's `Z_DATA_ERROR` ...; undefined for what is no error of the system. Node's own
 * `ERR_INVALID_ARG_TYPE` and its like are none: they say that we called it wrongly.
 */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return error.code.startsWith('ERR_') && error.code !== WENT_AWAY ? undefined : error.code;
}

/** True where a file or directory does not exist. */
export function isMissing(error: unknown): boolean {
  return systemErrorCode(error) === 'ENOENT';
}
