/**
 * What a call of a model was told beside what the call before it was told: what stayed, what came, what went.
 *
 *   before   A B C D        after   A B X D E
 *   same A B · changed C → X · same D · added E
 */
import { at } from '../model/assert.ts';
import { messageKey } from './message-key.ts';
import type { Message } from './message.ts';

export type MessageChange =
  | { readonly kind: 'same'; readonly messages: readonly Message[] }
  | { readonly kind: 'added'; readonly message: Message }
  | { readonly kind: 'removed'; readonly message: Message }
  /** In the place of one message stands another of the same role. */
  | { readonly kind: 'changed'; readonly before: Message; readonly after: Message };

/** Past so many pairs the middle of two lists counts as other, whatever is equal in it. */
const MOST_PAIRS = 4_000_000;

export function diffMessages(
  before: readonly Message[],
  after: readonly Message[],
): readonly MessageChange[] {
  const old = before.map(messageKey);
  const now = after.map(messageKey);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  const shorter = Math.min(old.length, now.length) - head;
  while (tail < shorter && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const middle = alignMiddle(old.slice(head, old.length - tail), now.slice(head, now.length - tail));
  const changes: MessageChange[] = [];
  addSame(changes, after.slice(0, head));
  for (const [i, j] of middle) {
    if (i >= 0 && j >= 0) addSame(changes, [at(after, head + j)]);
    else if (i >= 0) changes.push({ kind: 'removed', message: at(before, head + i) });
    else changes.push({ kind: 'added', message: at(after, head + j) });
  }
  addSame(changes, after.slice(after.length - tail));
  return pairChanges(changes);
}

/** Pairs of places, in order; -1 where one side has nothing. The longest common part is kept. */
function alignMiddle(old: readonly string[], now: readonly string[]): readonly (readonly [number, number])[] {
  const [rows, columns] = [old.length, now.length];
  const isLarge = rows * columns > MOST_PAIRS;
  const lengths = new Uint32Array(isLarge ? 0 : (rows + 1) * (columns + 1));
  const lengthAt = (i: number, j: number): number => lengths[i * (columns + 1) + j] ?? 0;
  if (!isLarge) {
    for (let i = rows - 1; i >= 0; i--) {
      for (let j = columns - 1; j >= 0; j--) {
        lengths[i * (columns + 1) + j] =
          old[i] === now[j] ? lengthAt(i + 1, j + 1) + 1 : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1));
      }
    }
  }
  const pairs: (readonly [number, number])[] = [];
  let [i, j] = [0, 0];
  while (i < rows || j < columns) {
    if (!isLarge && i < rows && j < columns && old[i] === now[j]) pairs.push([i++, j++]);
    else if (j >= columns || (i < rows && lengthAt(i + 1, j) >= lengthAt(i, j + 1))) pairs.push([i++, -1]);
    else pairs.push([-1, j++]);
  }
  return pairs;
}

function addSame(changes: MessageChange[], messages: readonly Message[]): void {
  if (messages.length === 0) return;
  const last = changes.at(-1);
  if (last?.kind === 'same') {
    changes[changes.length - 1] = { kind: 'same', messages: [...last.messages, ...messages] };
  } else changes.push({ kind: 'same', messages });
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
