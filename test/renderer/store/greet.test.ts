/** Saying hello to a host that does not answer. */
import { expect, it, vi } from 'vitest';
import { Connection, type Port } from '../../../core/rpc/connection.ts';
import { greet } from '../../../renderer/store/greet.ts';

it('gives a line up on which nobody answers, so that another can be opened', async () => {
  vi.useFakeTimers();
  try {
    const close = vi.fn();
    const port: Port = { send: () => undefined, close, onMessage: () => undefined, onClose: () => undefined };
    const answer = greet(new Connection({ port }), 'token');
    const refused = expect(answer).rejects.toMatchObject({ code: 'closed' });
    await vi.advanceTimersByTimeAsync(10_000);
    await refused;
    expect(close).toHaveBeenCalledOnce();
  } finally {
    vi.useRealTimers();
  }
});
