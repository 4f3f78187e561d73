/** One form for one value, however it was written: the pseudonym of a number does not hang on its spaces. */
import type { SensitiveType } from '../detect/sensitive-types.ts';
import { viewsOf } from '../detect/views.ts';

export function normaliseFound(type: SensitiveType, found: string): string {
  const plain = viewsOf(found).at(-1)?.text ?? found;
  if (type === 'secret' || type === 'ip') return plain;
  const small = plain.toLowerCase();
  return type === 'email' || type.startsWith('own:') ? small : small.replace(/[^\da-z+]/g, '');
}
