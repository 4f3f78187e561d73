import { timingSafeEqual } from 'node:crypto';

/** Takes as long for a wrong token as for a right one. */
export function isSameToken(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
