/**
 * Whose library to show before the host has answered. It is remembered beside the token that it came with: with
 * another token one speaks to another host, which may have another journal.
 */
import { isJsonObject, stringAt, type Json } from '../../core/model/json.ts';

const KEY = 'tracebench-journal';

export function rememberJournal(token: string | undefined, journalId: string): void {
  sessionStorage.setItem(KEY, JSON.stringify({ token: token ?? '', journalId }));
}

/** Undefined where nothing is remembered of this token. */
export function recallJournal(token: string | undefined): string | undefined {
  const text = sessionStorage.getItem(KEY);
  if (text === null) return undefined;
  const remembered = parse(text);
  if (!isJsonObject(remembered) || stringAt(remembered, 'token') !== (token ?? '')) return undefined;
  return stringAt(remembered, 'journalId');
}

/** Anybody may write into a page's storage by hand. */
function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
