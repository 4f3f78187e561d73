/**
 * kill -9 of a real host under load at seeded random points: what it acknowledged is there after the next
 * start, once. TRACEBENCH_KILL_POINTS says how many points; `npm run test:faults` tries 100.
 */
import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { connectToHost } from '../../electron/host/client/host-client.ts';
import { readHostUrl } from '../../electron/host/client/read-host-url.ts';
import { Prng } from '../generate/prng.ts';
import { makeDataDirectory, startHost, type RunningHost } from '../running-host/running-host.ts';
import { Producer, spanBatch, type SpanBatch } from './producer.ts';

const POINTS = Number(process.env['TRACEBENCH_KILL_POINTS'] ?? '10');
const SEED = Number(process.env['TRACEBENCH_KILL_SEED'] ?? '20261122');
const PRODUCERS = 8;
const TRACES = 20;

describe('kill -9 under load', () => {
  it(`fault 01: at ${String(POINTS)} seeded random points 0 acknowledged spans are lost and 0 doubled`, async () => {
    const prng = new Prng(SEED);
    const data = await makeDataDirectory();
    const acknowledged = new Set<string>();
    const sent = new Set<string>();
    try {
      for (let point = 0; point < POINTS; point++) {
        const host = await startHost({ data });
        const unanswered = await postUntilKilled(host, prng, acknowledged, sent);
        const again = await startHost({ data });
        await expectAllThere(again, acknowledged, sent, `point ${String(point)} of seed ${String(SEED)}`);
        // fault 03: what was durable without an answer is sent again, and stays one copy.
        const client = new Producer(again.ingest);
        for (const batch of unanswered) {
          expect(await client.post(batch)).toBe(204);
          for (const id of batch.spanIds) acknowledged.add(id);
        }
        client.close();
        await expectAllThere(again, acknowledged, sent, `after the retry of point ${String(point)}`);
        // Half of the next starts find a checkpoint, the other half what a kill leaves.
        if (prng.chance(0.5)) await again.stop();
        else await again.kill();
      }
    } finally {
      await rm(data, { recursive: true, force: true });
    }
    expect(acknowledged.size).toBe(sent.size);
  });
});

/** Posts from several producers until the host is killed; returns the batches that got no answer. */
async function postUntilKilled(
  host: RunningHost,
  prng: Prng,
  acknowledged: Set<string>,
  sent: Set<string>,
): Promise<readonly SpanBatch[]> {
  const killAfter = prng.int(1, 120);
  const turns = prng.int(0, 40);
  const unanswered: SpanBatch[] = [];
  let answers = 0;
  let killed: Promise<void> | undefined;
  const produce = async (): Promise<void> => {
    const producer = new Producer(host.ingest);
    while (killed === undefined) {
      const batch = spanBatch(prng, TRACES);
      for (const id of batch.spanIds) sent.add(id);
      const status = await producer.post(batch);
      if (status !== 204) {
        unanswered.push(batch);
        continue;
      }
      for (const id of batch.spanIds) acknowledged.add(id);
      if (++answers === killAfter) killed = killAfterTurns(host, turns);
    }
    producer.close();
  };
  await Promise.all(Array.from({ length: PRODUCERS }, produce));
  await killed;
  return unanswered;
}

/** Some turns of the event loop later, so that the kill falls anywhere in a batch's way. */
async function killAfterTurns(host: RunningHost, turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
  await host.kill();
}

async function expectAllThere(
  host: RunningHost,
  acknowledged: ReadonlySet<string>,
  sent: ReadonlySet<string>,
  when: string,
): Promise<void> {
  const address = readHostUrl(host.ui);
  if (address === undefined) throw new Error('serve printed no address');
  const client = await connectToHost(address);
  const found: string[] = [];
  for (const { id, spans: count } of await client.list(undefined)) {
    const spans = (await client.findTrace(id))?.spans;
    expect(spans?.length, when).toBe(count);
    for (let row = 0; row < count; row++) found.push(spans?.spanId(row) ?? '');
  }
  await client.close();
  const distinct = new Set(found);
  const lost = [...acknowledged].filter((id) => !distinct.has(id));
  const strangers = [...distinct].filter((id) => !sent.has(id));
  expect({ lost, doubled: found.length - distinct.size, strangers }, when).toEqual({
    lost: [],
    doubled: 0,
    strangers: [],
  });
}
