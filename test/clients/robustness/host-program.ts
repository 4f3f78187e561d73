/** A host in a process of its own, that a test may stop or kill. Argument: its data directory. */
import { join } from 'node:path';
import { startHost } from '../../../electron/host/host.ts';

const [dataDirectory = ''] = process.argv.slice(2);
const started = await startHost({
  ...{ dataDirectory, ingestPort: 0, uiPort: 0, rendererDirectory: join(dataDirectory, 'page') },
});
if (started.kind === 'held') throw new Error('the data directory has another owner');
process.once('SIGTERM', () => void started.host.close());
process.stdout.write('ready\n');
