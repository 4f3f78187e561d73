/** Which ports a server tries: a flag is to the letter, a setting is a wish. */

/** The fixed ports that are tried without a word from the user; 0 is any free one. */
const DOOR_PORTS = [4318, 4319, 4321, 4322, 4323, 4324, 0];
const PAGE_PORTS = [4320, 0];

export interface WantedPort {
  /** Of the command line; undefined where there was none. */
  readonly flag: number | undefined;
  /** Of the settings. */
  readonly wanted: number;
}

/** In order. A port of the settings that is taken costs no start: another is found, and that is said. */
export function portsToTry(server: 'door' | 'page', { flag, wanted }: WantedPort): readonly number[] {
  if (flag !== undefined) return [flag];
  const usual = server === 'door' ? DOOR_PORTS : PAGE_PORTS;
  return [...new Set([wanted, ...usual])];
}

/** What to tell a person of a port that was not to be had; undefined where all is as wanted. */
export function describePort(
  server: 'door' | 'page',
  { flag, wanted }: WantedPort,
  url: string,
): string | undefined {
  if (flag !== undefined || url.endsWith(`:${String(wanted)}`)) return undefined;
  return `Port ${String(wanted)} is taken by another program; the ${server} is at ${url} this time.`;
}
