/**
 * What a call of a model was told beside what the call before it was told: what stayed, what came, what went.
 *
 *   before   A B C D        after   A B X D E
 *   same A B · changed C → X · same D · added E
 */
import { at } from '../model/assert.ts';
import { alignLists } from './align-lists.ts';
import { messageKey } from './message-key.ts';
import type { Message } from './message.ts';

export type MessageChange =
  | { readonly kind: 'same'; readonly messages: readonly Message[] }
  | { readonly kind: 'added'; readonly message: Message }
  | { readonly kind: 'removed'; readonly message: Message }
  /** In the place of one message stands another of the same role. */
  | { readonly kind: 'changed'; readonly before: Message; readonly after: Message };

/** While more of the same may follow. */
type GrowingChange =
  Exclude<MessageChange, { kind: 'same' }> | { readonly kind: 'same'; readonly messages: Message[] };

/** `keyOf`: equal for messages that count as the same. */
export function diffMessages(
  before: readonly Message[],
  after: readonly Message[],
  keyOf: (message: Message) => string = messageKey,
): readonly MessageChange[] {
  const changes: GrowingChange[] = [];
  for (const [i, j] of alignLists(before.map(keyOf), after.map(keyOf))) {
    if (i >= 0 && j >= 0) addSame(changes, at(after, j));
    else if (i >= 0) changes.push({ kind: 'removed', message: at(before, i) });
    else changes.push({ kind: 'added', message: at(after, j) });
  }
  return pairChanges(changes);
}

function addSame(changes: GrowingChange[], message: Message): void {
  const last = changes.at(-1);
  if (last?.kind === 'same') last.messages.push(message);
  else changes.push({ kind: 'same', messages: [message] });
}

/** Of messages that went and came at one place, those of equal roles are one that was changed. */
function pairChanges(changes: readonly MessageChange[]): readonly MessageChange[] {
  const paired: MessageChange[] = [];
  let went: Message[] = [];
  const settle = (): void => {
    for (const message of went) paired.push({ kind: 'removed', message });
    went = [];
  };
  for (const change of changes) {
    if (change.kind === 'removed') {
      went.push(change.message);
      continue;
    }
    const place = change.kind === 'added' ? went.findIndex(({ role }) => role === change.message.role) : -1;
    const before = went[place];
    if (change.kind === 'added' && before !== undefined) {
      for (const message of went.slice(0, place)) paired.push({ kind: 'removed', message });
      went = went.slice(place + 1);
      paired.push({ kind: 'changed', before, after: change.message });
      continue;
    }
    if (change.kind === 'same') settle();
    paired.push(change);
  }
  settle();
  return paired;
}
