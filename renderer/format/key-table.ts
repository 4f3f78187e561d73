/**
 * Every key of the page, once: what acts on a key asks here which action it means, and the dialog behind `?`
 * lists the same lines. So no key is listed that does nothing, and none works that is not listed.
 */

export interface KeyBinding {
  readonly action: string;
  /** Values of `KeyboardEvent.key`. */
  readonly keys: readonly string[];
  /** Only together with Ctrl, or ⌘ on a Mac. */
  readonly ctrl?: true;
  /** As printed on the key. */
  readonly shown: string;
  readonly does: string;
}

export interface KeyGroup {
  readonly title: string;
  readonly bindings: readonly KeyBinding[];
}

export const KEY_TABLE = {
  page: {
    title: 'Everywhere',
    bindings: [
      { action: 'help', keys: ['?'], shown: '?', does: 'Show these keys' },
      { action: 'library', keys: ['l'], shown: 'l', does: 'Go to the library' },
      { action: 'map', keys: ['m'], shown: 'm', does: 'Handoff map of many traces' },
      { action: 'insights', keys: ['b'], shown: 'b', does: 'Insights: what many traces come to' },
      { action: 'contents', keys: ['q'], shown: 'q', does: 'Search what was said: contents of all traces' },
      { action: 'findings', keys: ['w'], shown: 'w', does: 'What plugins found in all traces' },
      { action: 'plugins', keys: ['n'], shown: 'n', does: 'Plugins' },
      { action: 'audit', keys: ['a'], shown: 'a', does: 'Audit log and legal holds' },
      { action: 'connect', keys: ['c'], shown: 'c', does: 'Connect a program' },
      { action: 'import', keys: ['i'], shown: 'i', does: 'Import files' },
      { action: 'cleanup', keys: ['u'], shown: 'u', does: 'Clean up' },
      { action: 'imports', keys: ['r'], shown: 'r', does: 'What became of imported files' },
      { action: 'health', keys: ['d'], shown: 'd', does: 'Health and diagnostics' },
      { action: 'settings', keys: ['s'], shown: 's', does: 'Settings' },
      { action: 'colours', keys: ['t'], shown: 't', does: 'Colours: system, light, dark' },
    ],
  },
  trace: {
    title: 'In a trace',
    bindings: [
      { action: 'flame', keys: ['f'], shown: 'f', does: 'Show the flame graph' },
      { action: 'view', keys: [], shown: '1 2 …', does: 'Show a view by the place of its tab' },
      { action: 'search', keys: ['k'], ctrl: true, shown: 'Ctrl k', does: 'Find spans of the trace' },
    ],
  },
  list: {
    title: 'In a list',
    bindings: [
      { action: 'down', keys: ['ArrowDown', 'j'], shown: '↓ j', does: 'Next row' },
      { action: 'up', keys: ['ArrowUp', 'k'], shown: '↑ k', does: 'Row before' },
      { action: 'pageDown', keys: ['PageDown'], shown: 'Page ↓', does: 'A page down' },
      { action: 'pageUp', keys: ['PageUp'], shown: 'Page ↑', does: 'A page up' },
      { action: 'first', keys: ['Home'], shown: 'Home', does: 'First row' },
      { action: 'last', keys: ['End'], shown: 'End', does: 'Last row' },
      { action: 'open', keys: ['Enter'], shown: 'Enter', does: 'Open the trace' },
    ],
  },
  library: {
    title: 'In the library',
    bindings: [
      { action: 'search', keys: ['/'], shown: '/', does: 'Filter by words' },
      { action: 'searchField', keys: ['k'], ctrl: true, shown: 'Ctrl k', does: 'Filter by words' },
      { action: 'facets', keys: ['f'], shown: 'f', does: 'To the facets' },
      { action: 'views', keys: ['v'], shown: 'v', does: 'Saved views' },
      { action: 'choose', keys: ['x', ' '], shown: 'x Space', does: 'Choose the trace, or let it go' },
      { action: 'chooseTo', keys: ['X'], shown: 'Shift x', does: 'Choose all from the last chosen one' },
      { action: 'chooseAll', keys: ['a'], ctrl: true, shown: 'Ctrl a', does: 'Choose all that match' },
      { action: 'chooseNone', keys: ['Escape'], shown: 'Esc', does: 'Choose none' },
      { action: 'delete', keys: ['Delete'], shown: 'Del', does: 'Delete the chosen traces' },
    ],
  },
  times: {
    title: 'In the chart of times',
    bindings: [
      { action: 'later', keys: ['ArrowRight'], shown: '→', does: 'A bar later' },
      { action: 'earlier', keys: ['ArrowLeft'], shown: '←', does: 'A bar earlier' },
      { action: 'wider', keys: ['ArrowUp', '+'], shown: '↑ +', does: 'A longer time' },
      { action: 'narrower', keys: ['ArrowDown', '-'], shown: '↓ −', does: 'A shorter time' },
      { action: 'anyTime', keys: ['Escape'], shown: 'Esc', does: 'Any time' },
    ],
  },
  flame: {
    title: 'In the flame graph',
    bindings: [
      { action: 'parent', keys: ['ArrowUp'], shown: '↑', does: 'Parent of the span' },
      { action: 'child', keys: ['ArrowDown'], shown: '↓', does: 'First child' },
      { action: 'previous', keys: ['ArrowLeft'], shown: '←', does: 'Span before, in the same row' },
      { action: 'next', keys: ['ArrowRight'], shown: '→', does: 'Next span' },
      { action: 'zoomToSpan', keys: ['Enter'], shown: 'Enter', does: 'Fill the width with the span' },
      { action: 'back', keys: ['Escape'], shown: 'Esc', does: 'Back: zoom, then choice' },
      { action: 'nextError', keys: ['e'], shown: 'e', does: 'Next error' },
      { action: 'nextGeneration', keys: ['g'], shown: 'g', does: 'Next call of a model' },
      { action: 'nextHandoff', keys: ['h'], shown: 'h', does: 'Next handoff' },
      { action: 'find', keys: ['/'], shown: '/', does: 'Find spans of the trace' },
      { action: 'findField', keys: ['f'], ctrl: true, shown: 'Ctrl f', does: 'Find spans of the trace' },
      { action: 'criticalPath', keys: ['p'], shown: 'p', does: 'Critical path: show or hide' },
      { action: 'zoomIn', keys: ['+', '='], shown: '+', does: 'Zoom in' },
      { action: 'zoomOut', keys: ['-'], shown: '−', does: 'Zoom out' },
      { action: 'fit', keys: ['0'], shown: '0', does: 'Whole trace' },
      { action: 'viewBefore', keys: ['['], shown: '[', does: 'Part looked at before' },
      { action: 'viewAfter', keys: [']'], shown: ']', does: 'Part looked at after' },
    ],
  },
  waterfall: {
    title: 'In the waterfall',
    bindings: [
      { action: 'in', keys: ['ArrowRight'], shown: '→', does: 'Unfold, then go inside' },
      { action: 'out', keys: ['ArrowLeft'], shown: '←', does: 'Fold, then go to what is around' },
      { action: 'inAll', keys: [], shown: 'Shift →', does: 'Unfold all below the span' },
      { action: 'outAll', keys: [], shown: 'Shift ←', does: 'Fold all below the span' },
      { action: 'none', keys: ['Escape'], shown: 'Esc', does: 'Choose none' },
    ],
  },
  json: {
    title: 'In a tree of JSON',
    bindings: [
      { action: 'in', keys: ['ArrowRight'], shown: '→', does: 'Unfold, then go inside' },
      { action: 'out', keys: ['ArrowLeft'], shown: '←', does: 'Fold, then go to what is around' },
      { action: 'toggle', keys: ['Enter', ' '], shown: 'Enter', does: 'Fold or unfold' },
      { action: 'unfoldAll', keys: ['*'], shown: '*', does: 'Unfold everything' },
      { action: 'search', keys: ['/'], shown: '/', does: 'Search' },
      { action: 'copyValue', keys: ['y'], shown: 'y', does: 'Copy the value' },
      { action: 'copyPath', keys: ['p'], shown: 'p', does: 'Copy the path' },
    ],
  },
  conversation: {
    title: 'In a conversation',
    bindings: [
      { action: 'next', keys: ['ArrowDown', 'j'], shown: '↓ j', does: 'Next part' },
      { action: 'previous', keys: ['ArrowUp', 'k'], shown: '↑ k', does: 'Part before' },
      { action: 'search', keys: ['/'], shown: '/', does: 'Search in the conversation' },
    ],
  },
  lanes: {
    title: 'In the lanes of the handoffs',
    bindings: [
      { action: 'next', keys: ['ArrowRight'], shown: '→', does: 'Next run' },
      { action: 'previous', keys: ['ArrowLeft'], shown: '←', does: 'Run before' },
      { action: 'nextOwn', keys: ['ArrowDown'], shown: '↓', does: 'Next run of the same agent' },
      { action: 'previousOwn', keys: ['ArrowUp'], shown: '↑', does: 'Run before, of the same agent' },
      { action: 'zoomIn', keys: ['+', '='], shown: '+', does: 'A longer time axis' },
      { action: 'zoomOut', keys: ['-'], shown: '−', does: 'A shorter time axis' },
      { action: 'fit', keys: ['0'], shown: '0', does: 'The whole time' },
    ],
  },
} as const satisfies Record<string, KeyGroup>;

export type KeyPlace = keyof typeof KEY_TABLE;
export type KeyAction<Place extends KeyPlace> = (typeof KEY_TABLE)[Place]['bindings'][number]['action'];

type PressedKey = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** What a key means at a place; undefined where it means nothing there. */
export function findAction<Place extends KeyPlace>(
  place: Place,
  event: PressedKey,
): KeyAction<Place> | undefined {
  if (event.altKey) return undefined;
  const withCtrl = event.ctrlKey || event.metaKey;
  const bindings: readonly (KeyBinding & { readonly action: KeyAction<Place> })[] = KEY_TABLE[place].bindings;
  return bindings.find(({ keys, ctrl = false }) => ctrl === withCtrl && keys.includes(event.key))?.action;
}

/** How many rows a key of a list moves by; undefined where it moves by none. */
export function findStep(event: PressedKey, page: number, rows: number): number | undefined {
  switch (findAction('list', event)) {
    case 'down':
      return 1;
    case 'up':
      return -1;
    case 'pageDown':
      return page;
    case 'pageUp':
      return -page;
    case 'first':
      return -rows;
    case 'last':
      return rows;
    case 'open':
    case undefined:
      return undefined;
  }
}
