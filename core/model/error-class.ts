/**
 * What errors of one sort have in common: the message with everything in it that differs from one to the next taken
 * out. `Timeout after 31 s calling https://a.example/v1` and the same with 12 s are one class:
 * `Timeout after <n> s calling <url>`.
 */
import { isJsonObject, objectAt, ownAt, stringAt, type Json } from './json.ts';

export const MAX_CLASS_LENGTH = 200;
/** What stands further behind in a message tells no sort of error: bodies of answers and stack traces. */
const READ_LENGTH = 800;

const RULES: readonly (readonly [RegExp, string])[] = [
  [/\b[a-z][a-z0-9+.-]{1,15}:\/\/[^\s"'<>)\]}]+/gi, '<url>'],
  [/\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/g, '<email>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>'],
  [/"[^"\n]{0,400}"|`[^`\n]{0,400}`|“[^”\n]{0,400}”|(?<![\w])'[^'\n]{0,400}'(?!\w)/g, '<value>'],
  [/(?<![\w<])(?:[A-Za-z]:\\|~?\/|\.{1,2}\/)[^\s:,;()<>]*[^\s:,;()<>.]/g, '<path>'],
  [/\b(?:[A-Za-z]{2,12}[_-])?(?=[0-9a-zA-Z_-]*\d)(?=[0-9a-zA-Z_-]*[A-Za-z])[0-9a-zA-Z_-]{16,}\b/g, '<id>'],
  [/\b(?:0x[0-9a-f]+|(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{6,})\b/gi, '<id>'],
  [/\b[A-Za-z]{2,12}[_-]\d[\w-]*/g, '<id>'],
  [/(?<![A-Za-z_<])[-+]?\d+(?:[.,:]\d+)*/g, '<n>'],
];

/** The class of a message; undefined for one that says nothing. */
export function classifyMessage(message: string): string | undefined {
  let text = message.slice(0, READ_LENGTH);
  for (const [pattern, placeholder] of RULES) text = text.replace(pattern, placeholder);
  text = text.replace(/\s+/g, ' ').trim();
  if (text === '') return undefined;
  return text.length <= MAX_CLASS_LENGTH ? text : `${text.slice(0, MAX_CLASS_LENGTH - 1)}…`;
}

/** The class of a span's `error`; undefined where it has none, or one that says nothing. */
export function classifyError(error: Json | undefined): string | undefined {
  if (typeof error === 'string') return classifyMessage(error);
  if (!isJsonObject(error)) return undefined;
  const message = stringAt(error, 'message') ?? '';
  const data = objectAt(error, 'data');
  // The SDKs say the same of every tool and put what happened beside it.
  const cause = data && ownAt(data, 'error');
  if (typeof cause !== 'string' || cause === '' || message.includes(cause)) return classifyMessage(message);
  return classifyMessage(message === '' ? cause : `${message.replace(NON_FATAL, '')}: ${cause}`);
}

const NON_FATAL = /\s*\(non-fatal\)$/;
