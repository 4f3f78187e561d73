/** The codes of the system's errors, read with a check, since anything can be thrown. */

/** `ENOENT`, `EADDRINUSE` ...; undefined for what is no error of the system. */
export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** True where a file or directory does not exist. */
export function isMissing(error: unknown): boolean {
  return systemErrorCode(error) === 'ENOENT';
}
