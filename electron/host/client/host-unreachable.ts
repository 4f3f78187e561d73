/** Nobody answers there, or not with a host's words. */
export class HostUnreachableError extends Error {
  constructor(ui: string) {
    super(`No Tracebench answers at ${ui}.`);
    this.name = 'HostUnreachableError';
  }
}
