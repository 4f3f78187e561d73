/** E-mail addresses: from each @ outwards, so the time is linear. Addresses of packages, images and code are none. */
import type { Detector } from './detector.ts';

const LOCAL = /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]/u;
const MOST_LOCAL = 64;
const DOMAIN =
  /(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}(?:xn--[a-z0-9-]{2,40}|\p{L}{2,18})/uy;
/** `icon@2x.png`, `worker@1.js`: names of files, not of people. */
const FILE_ENDING =
  /\.(?:png|jpe?g|gif|svg|webp|ico|js|mjs|cjs|ts|tsx|jsx|json|py|css|scss|html?|md|txt|ya?ml|toml|xml|csv|zip|gz|whl|exe|dll|so)$/i;

export const email: Detector = {
  type: 'email',
  mayHold: (text) => text.includes('@'),
  find(text, found) {
    for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      const start = localStart(text, at);
      const end = domainEnd(text, at + 1);
      if (start < at && end !== undefined && !isSomethingElse(text, start, at, end)) found(start, end);
    }
  },
};

function localStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < MOST_LOCAL && LOCAL.test(text.charAt(start - 1))) start--;
  // Marks around an address are none of it: mailto=, quotes, a path before.
  const local = text.slice(start, at);
  const begin = Math.max(
    ...['=', '/', "'", '`', '{', '|', '?', '&', '#', '!', '$'].map((mark) => local.lastIndexOf(mark)),
  );
  start += begin + 1;
  while (start < at && /[.\-*^~]/.test(text.charAt(start))) start++;
  return text.charAt(at - 1) === '.' ? at : start;
}

function domainEnd(text: string, from: number): number | undefined {
  DOMAIN.lastIndex = from;
  const found = DOMAIN.exec(text);
  if (found === null) return undefined;
  return from + found[0].length;
}

function isSomethingElse(text: string, start: number, at: number, end: number): boolean {
  const next = text.charAt(end);
  const local = text.slice(start, at);
  if (next === '(' || next === '@' || /[\p{N}_]/u.test(next)) return true;
  if (FILE_ENDING.test(text.slice(at, end))) return true;
  // git@host:group/repository, and whoever logs in at a server: accounts of machines.
  if (next === ':' && (local === 'git' || (/[\w/~]/.test(text.charAt(end + 1)) && local === 'git')))
    return true;
  return /[a-z][a-z\d+.-]{1,20}:\/\/(?:[^\s/@]{1,128}:)?$/i.test(text.slice(Math.max(0, start - 160), start));
}
