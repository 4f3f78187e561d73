import { userInfo } from 'node:os';

/** The account under which this process runs. It attributes and does not authenticate: who sits there is another question. */
export function findActor(): string {
  try {
    return userInfo().username;
  } catch {
    // An account without a name, as in some containers.
    return `uid ${String(process.getuid?.() ?? 'unknown')}`;
  }
}
