/** Does a version lie in a range: `>=0.1.0 <1.0.0`, `^0.1.0`, `~0.1.0`, `0.1.0` or `*`, all of which must hold. */

const PART = /^(>=|<=|>|<|=|\^|~)?(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/;

type Version = readonly [major: number, minor: number, patch: number];

export function isVersionRange(range: string): boolean {
  return range === '*' || (range.length <= 200 && range.split(' ').every((part) => PART.test(part)));
}

/** `version` may have something behind its numbers, such as `-dev`, which is not looked at. */
export function isInRange(version: string, range: string): boolean {
  const [, numbers] = /^(\d+\.\d+\.\d+)/.exec(version) ?? [];
  if (numbers === undefined) return false;
  return range === '*' || range.split(' ').every((part) => meets(readVersion(numbers), part));
}

function meets(version: Version, part: string): boolean {
  const [, sign = '=', ...numbers] = PART.exec(part) ?? [];
  const bound = readVersion(numbers.join('.'));
  const order = compare(version, bound);
  switch (sign) {
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    case '^':
      return order >= 0 && compare(version, caretEnd(bound)) < 0;
    case '~':
      return order >= 0 && compare(version, [bound[0], bound[1] + 1, 0]) < 0;
    default:
      return order === 0;
  }
}

/** The first number that is not zero stays. */
function caretEnd([major, minor, patch]: Version): Version {
  if (major > 0) return [major + 1, 0, 0];
  return minor > 0 ? [0, minor + 1, 0] : [0, 0, patch + 1];
}

function readVersion(text: string): Version {
  const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number);
  return [major, minor, patch];
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
