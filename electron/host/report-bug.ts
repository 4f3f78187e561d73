/** Our own bugs are loud: on stderr, without a word of a trace. */
export function reportBug(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : 'unknown error'}\n`);
}
