import { describe, expect, it } from 'vitest';
import { openaiAgents } from '../../../../core/formats/openai-agents.ts';
import type { Json } from '../../../../core/model/json.ts';
import { decodeBatch, encodeBatch } from '../../../../electron/host/records/batch-bytes.ts';
import { ItemIntake } from '../../../../electron/host/records/item-intake.ts';
import type { RecordBatch } from '../../../../electron/host/records/record-batch.ts';
import { generateLines } from '../../../generate/generate.ts';

function makeBatch(lines: Iterable<string>): RecordBatch {
  const intake = new ItemIntake(openaiAgents, { at: 7, via: 'import', origin: 'größe.json' }, 1000);
  for (const line of lines) expect(intake.take(JSON.parse(line) as { [key: string]: Json })).toBeUndefined();
  const batch = intake.takeBatch();
  if (batch === undefined) throw new Error('no batch');
  return batch;
}

const plain = (batch: RecordBatch): unknown => ({
  ...batch,
  lines: Buffer.from(batch.lines).toString(),
  contextLine: Buffer.from(batch.contextLine).toString(),
});

describe('a batch as bytes', () => {
  it('is the same batch when it is read again', () => {
    const batch = makeBatch(generateLines({ seed: 3, spans: 500 }));
    expect(plain(decodeBatch(encodeBatch(batch)))).toEqual(plain(batch));
  });

  it('keeps spans without times, parents and names, and the source of a converted one', () => {
    const batch = makeBatch([
      '{"object":"trace.span","id":"s","trace_id":"t"}',
      '{"object":"trace","id":"t","workflow_name":"W","origin":{"format":"otlp","source":"langfuse"}}',
      '{"object":"trace.span","id":"größe","trace_id":"t","origin":{"format":"otlp","source":"langfuse"}}',
    ]);
    expect(plain(decodeBatch(encodeBatch(batch)))).toEqual(plain(batch));
  });

  it('is read from any place of a larger buffer', () => {
    const batch = makeBatch(generateLines({ seed: 4, spans: 10 }));
    const bytes = encodeBatch(batch);
    const larger = Buffer.concat([Buffer.alloc(3), bytes]);
    expect(plain(decodeBatch(larger.subarray(3)))).toEqual(plain(batch));
  });

  it('throws where something is missing: every stage compares its counts', () => {
    const bytes = encodeBatch(makeBatch(generateLines({ seed: 5, spans: 10 })));
    expect(() => decodeBatch(bytes.subarray(0, bytes.length - 1))).toThrow('not as long as it says');
  });
});
