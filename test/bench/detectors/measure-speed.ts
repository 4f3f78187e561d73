/** How fast texts go through: a bare scan, the look at whole lines, and records redacted, over lines of spans. */
import { SENSITIVE_TYPES } from '../../../core/detect/sensitive-types.ts';
import type { Json } from '../../../core/model/json.ts';
import { makeRecordRedactor } from '../../../core/redact/record-redactor.ts';
import { Prng } from '../../generate/prng.ts';

export interface Speed {
  readonly name: string;
  readonly mbPerSecond: number;
}

const LINES = 2_000;
const WORDS =
  'the agent looked at what the tool gave back and wrote a short answer about weather trains prices and dates'.split(
    ' ',
  );

export function measureSpeed(): readonly Speed[] {
  const clean = makeLines(0);
  const mixed = makeLines(0.05);
  const redactor = makeRecordRedactor(
    { types: Object.fromEntries(SENSITIVE_TYPES.map((type) => [type, 'mask' as const])) },
    () => '0'.repeat(64),
  );
  // As they lie in a batch.
  const look = (lines: readonly string[]): ((_line: string, i: number) => boolean) => {
    const bytes = lines.map((line) => Buffer.from(line));
    return (_line, i) =>
      redactor.mayChangeBytes(bytes[i] ?? bytes[0] ?? Buffer.alloc(0), 0, bytes[i]?.length ?? 0);
  };
  const parsed = mixed.map((line) => JSON.parse(line) as Json);
  return [
    { name: 'bare scan: a byte at a time', mbPerSecond: paceOf(mixed, (line) => sumOf(line)) },
    { name: 'bare JSON.parse', mbPerSecond: paceOf(mixed, (line) => JSON.parse(line) as unknown) },
    { name: 'look at clean lines', mbPerSecond: paceOf(clean, look(clean)) },
    { name: 'look at lines, 5 % with finds', mbPerSecond: paceOf(mixed, look(mixed)) },
    {
      name: 'redact parsed records, 5 % with finds',
      mbPerSecond: paceOf(mixed, (_, i) => redactor.redact(parsed[i] ?? null)),
    },
  ];
}

function paceOf(lines: readonly string[], use: (line: string, i: number) => unknown): number {
  const bytes = lines.reduce((sum, line) => sum + line.length, 0);
  let best = 0;
  for (let turn = 0; turn < 3; turn++) {
    const { user } = process.cpuUsage();
    lines.forEach((line, i) => {
      use(line, i);
    });
    const spent = process.cpuUsage().user - user;
    best = Math.max(best, bytes / Math.max(spent, 1));
  }
  return best;
}

function sumOf(line: string): number {
  let sum = 0;
  for (let i = 0; i < line.length; i++) sum += line.charCodeAt(i);
  return sum;
}

/** Lines of spans of about 1.5 KB; `share` of them hold an address or a card. */
function makeLines(share: number): readonly string[] {
  const random = new Prng(3);
  return Array.from({ length: LINES }, () => {
    const text = Array.from({ length: 180 }, () => random.pick(WORDS)).join(' ');
    const found = random.chance(share) ? ' jane.doe@example.com paid with 4111 1111 1111 1111' : '';
    return JSON.stringify({
      object: 'trace.span',
      id: `span_${random.hex(24)}`,
      trace_id: `trace_${random.hex(32)}`,
      started_at: '2025-07-01T12:00:00.000000+00:00',
      ended_at: '2025-07-01T12:00:01.250000+00:00',
      span_data: {
        type: 'generation',
        model: 'gpt-4.1',
        input: [{ role: 'user', content: text + found }],
        output: text.slice(0, 300),
        usage: { input_tokens: 1203, output_tokens: 88 },
      },
      error: null,
    });
  });
}
