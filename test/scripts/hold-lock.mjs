// Takes the lock named on the command line, notes that it came in, and that it went out, in a journal of lines.
import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { withLock } from '../../scripts/lock.mjs';

const [lock, notes, mode] = process.argv.slice(2);
await withLock(
  lock,
  () => {},
  async () => {
    appendFileSync(notes, 'in\n');
    if (mode === 'die') process.kill(process.pid, 'SIGKILL');
    await delay(30);
    appendFileSync(notes, 'out\n');
  },
);
