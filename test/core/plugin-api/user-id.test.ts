import { describe, expect, it } from 'vitest';
import { readUserId } from '../../../core/plugin-api/user-id.ts';

describe('the user of a trace', () => {
  it.each([
    [{ user_id: 'ada' }, 'ada'],
    [{ userId: 7 }, '7'],
    [{ user: { id: 'ada', name: 'Ada' } }, 'ada'],
    [{ 'enduser.id': 'ada', tag: 'x' }, 'ada'],
    [{ user_id: '', user: 'bob' }, 'bob'],
    [{ user: true }, undefined],
    [{}, undefined],
  ])('is told by the metadata: %j', (metadata, userId) => {
    expect(readUserId(metadata)).toBe(userId);
  });
});
