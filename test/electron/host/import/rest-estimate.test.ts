import { describe, expect, it } from 'vitest';
import { RestEstimate } from '../../../../electron/host/import/rest-estimate.ts';

const SECOND = 1_000_000;

describe('the estimate of what is left', () => {
  it('says nothing before it has measured anything', () => {
    const estimate = new RestEstimate(0);
    expect(estimate.tell(0, 0, 100)).toBeUndefined();
    expect(estimate.tell(0.1 * SECOND, 10, 100)).toBeUndefined();
  });

  it('is exact for steady work', () => {
    const estimate = new RestEstimate(0);
    for (let second = 1; second < 9; second++) {
      expect(estimate.tell(second * SECOND, second * 10, 100)).toBeCloseTo(10 - second, 6);
    }
  });

  it('follows work that becomes slower, and never falls below nothing', () => {
    const estimate = new RestEstimate(0);
    const quick = estimate.tell(SECOND, 50, 100) ?? 0;
    const slow = estimate.tell(6 * SECOND, 55, 100) ?? 0;
    expect(slow).toBeGreaterThan(quick);
    expect(estimate.tell(7 * SECOND, 120, 100)).toBe(0);
  });

  it('says nothing of work whose whole is unknown', () => {
    expect(new RestEstimate(0).tell(SECOND, 50, 0)).toBeUndefined();
  });
});
