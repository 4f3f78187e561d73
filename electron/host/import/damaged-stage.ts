/** A stage is not what was written. */
export class DamagedStageError extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'DamagedStageError';
  }
}
