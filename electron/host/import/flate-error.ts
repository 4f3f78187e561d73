/** Errors of fflate carry a number for what is wrong with the data; ours and Node's never do. */
export function isFlateError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}
