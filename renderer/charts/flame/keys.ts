/** Does what a key says in the flame graph; which key says what stands in the key table. */
import { findAction } from '../../format/key-table.ts';
import type { FlameCommands } from './commands.ts';

/** False where the key says nothing here. */
export function runKey(event: KeyboardEvent, commands: FlameCommands): boolean {
  const action = findAction('flame', event);
  switch (action) {
    case 'parent':
    case 'child':
    case 'previous':
    case 'next':
      commands.move(action);
      return true;
    case 'zoomToSpan':
      commands.zoomToSpan();
      return true;
    case 'back':
      commands.back();
      return true;
    case 'viewBefore':
    case 'viewAfter':
      commands.step(action);
      return true;
    case 'nextError':
      commands.next('error');
      return true;
    case 'nextGeneration':
      commands.next('generation');
      return true;
    case 'nextHandoff':
      commands.next('handoff');
      return true;
    case 'zoomIn':
      commands.zoomIn();
      return true;
    case 'zoomOut':
      commands.zoomOut();
      return true;
    case 'fit':
      commands.fit();
      return true;
    // Done by the panel, wherever the focus is.
    case 'find':
    case 'findField':
    case 'criticalPath':
    case undefined:
      return false;
  }
}
