/**
 * Where a sender puts what it cannot deliver. Synchronous, because it is also asked while the process ends.
 */
export interface Spill {
  /**
   * Takes whole NDJSON lines, without line feeds. Never throws. False when it is full, off or failed: the
   * lines are then lost, and the sender counts and tells it.
   */
  keep(lines: readonly string[]): boolean;
}
