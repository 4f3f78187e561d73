/** Keys, passwords and tokens: known forms first, then what stands behind a name that says so. */
import type { Detector } from './detector.ts';
import { findAssignments, isPlaceholder } from './secret-assignments.ts';
import { IN_HEADER, MAY_HOLD_SECRET, PASSWORD_IN_URL, SECRET_FORM } from './secret-forms.ts';

export const secret: Detector = {
  type: 'secret',
  mayHold: (text) => text.length > 4,
  find(text, found) {
    if (MAY_HOLD_SECRET.test(text)) {
      for (const pattern of [SECRET_FORM, PASSWORD_IN_URL, IN_HEADER]) {
        for (const match of text.matchAll(pattern)) {
          if (!isPlaceholder(match[0])) found(match.index, match.index + match[0].length);
        }
      }
    }
    findAssignments(text, found);
  },
};
