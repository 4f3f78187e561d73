/**
 * IP addresses, of version 4 and 6. Addresses that are every machine's (loopback, none, broadcast) say nothing of
 * anybody and stay; so do versions of programs, which look the same.
 */
import { isNamed } from './context.ts';
import type { Detector } from './detector.ts';

const V4 =
  /(?<![\w.]|\d-)(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?![\w]|\.\d|-\w)/g;
const V6 = /(?<![\w:.])[\da-fA-F]{0,4}(?::[\da-fA-F]{0,4}){2,8}(?:\d{0,3}(?:\.\d{1,3}){3})?(?![\w:]|\.\d)/g;

const VERSION =
  /(?:\b(?:v|ver|version|release|build|rev|firmware|driver|chapter|section|clause|package|sdk|runtime|engine|oid|kernel)[\s"':=]{0,5}|[A-Za-z]\/|[=<>~^]=\s?|[~^]\s?|@|[a-z]==)$/i;
const ADDRESS =
  /\b(?:ip|ipv4|ipv6|addr|address|host|client|remote|peer|server|from|forwarded|source|src|dst|dest|ping|nameserver|dns|gateway|login|via)\b[^\n]{0,24}$/i;

export const ip: Detector = {
  type: 'ip',
  mayHold(text) {
    if (!MAY_HOLD.test(text)) return false;
    for (const [written] of text.matchAll(V4)) if (!isEverybodys(written)) return true;
    for (const [written] of text.matchAll(V6)) if (isV6(written)) return true;
    return false;
  },
  find(text, found) {
    for (const match of text.matchAll(V4)) {
      if (isV4(text, match[0], match.index)) found(match.index, match.index + match[0].length);
    }
    for (const match of text.matchAll(V6)) {
      if (isV6(match[0])) found(match.index, match.index + match[0].length);
    }
  },
};

const MAY_HOLD = /\d\.\d{1,3}\.|[\da-fA-F]?:[\da-fA-F]{0,4}:/;

function isV4(text: string, address: string, start: number): boolean {
  const parts = address.split('.').map(Number);
  if (isEverybodys(address)) return false;
  if (isNamed(text, start, VERSION)) return false;
  // Four small numbers are a version or a chapter as often.
  return parts.some((part) => part > 31) || isNamed(text, start, ADDRESS);
}

function isEverybodys(address: string): boolean {
  return /^(?:0|127)\./.test(address) || address === '255.255.255.255';
}

function isV6(address: string): boolean {
  const isShort = address.includes('::');
  if (address.indexOf('::') !== address.lastIndexOf('::')) return false;
  const parts = address.split(':');
  const groups = parts.filter((part) => part !== '');
  const width = groups.length + (address.includes('.') ? 1 : 0);
  if (isShort ? width > 7 : width !== 8) return false;
  if (!isShort && parts.includes('')) return false;
  if (groups.some((group) => group.length > 4 && !group.includes('.'))) return false;
  // Times, and addresses of network cards, have two digits throughout.
  if (groups.every((group) => group.length === 2)) return false;
  if (isShort && groups.length < 2) return false;
  const isKnown = /^(?:[23][\da-f]{3}|f[cd][\da-f]{2}|fe[89ab][\da-f]|64|::ffff)/i.test(address);
  return /\d/.test(address) && (isKnown || groups.length > 2);
}
