import { describe, expect, it } from 'vitest';
import { judgeDetectors } from './judge-detectors.ts';
import { makeSamples } from './make-samples.ts';

describe('detectors on the half that rules are written against', () => {
  it.each(judgeDetectors(makeSamples('tuned', 1, 4)).map((score) => [score.type, score] as const))(
    '%s is found as often, and as seldom wrongly, as was set out',
    (type, { recall, precision, missedTexts, wrongTexts }) => {
      expect(recall, missedTexts.join('\n')).toBeGreaterThanOrEqual(type === 'secret' ? 0.95 : 0.99);
      expect(precision, wrongTexts.join('\n')).toBeGreaterThanOrEqual(type === 'secret' ? 0.9 : 0.95);
    },
  );
});
