/** Does what a child process of a bench was asked to do, and says the one line that it found. */
import type { JsonObject } from '../../core/model/json.ts';
import { serveAndDrop } from './drop-server-role.ts';
import { importInTurn, importOnce } from './import-role.ts';
import { measureLibrary } from './library-role.ts';
import { measureSearch } from './trace/measure-search.ts';
import type { Role } from './roles.ts';

export async function playRole(role: Role, [first = '', second = '']: readonly string[]): Promise<void> {
  switch (role) {
    case 'import-in-turn':
      say(await importInTurn(first, Number(second)));
      break;
    case 'import-once':
      say(await importOnce(first, second));
      break;
    case 'library':
      say(await measureLibrary(first));
      break;
    case 'search':
      say(await measureSearch(first));
      break;
    case 'drop-server':
      await serveAndDrop(say);
      break;
  }
}

function say(value: JsonObject): void {
  console.log(JSON.stringify(value));
}
