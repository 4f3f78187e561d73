/** The keys of the flame graph. */
import type { FlameCommands } from './commands.ts';

/** Does what a key says; false where it says nothing here. */
export function runKey(event: KeyboardEvent, commands: FlameCommands): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  switch (event.key) {
    case 'ArrowUp':
      commands.move('parent');
      return true;
    case 'ArrowDown':
      commands.move('child');
      return true;
    case 'ArrowLeft':
      commands.move('previous');
      return true;
    case 'ArrowRight':
      commands.move('next');
      return true;
    case 'Enter':
      commands.zoomToSpan();
      return true;
    case 'Escape':
      commands.back();
      return true;
    case 'e':
      commands.nextError();
      return true;
    case '+':
    case '=':
      commands.zoomIn();
      return true;
    case '-':
      commands.zoomOut();
      return true;
    case '0':
      commands.fit();
      return true;
    default:
      return false;
  }
}
