/** Zips that are nearly bundles: built byte by byte, so that a test can lie in any field. */
import { createHash } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';

export interface BuiltEntry {
  readonly name: string;
  readonly text: string | Buffer;
  /** Of a Unix file: 0o120000 is a link. */
  readonly mode?: number;
  /** Where the directory says it begins; else where it does. */
  readonly offset?: number;
  /** What the directory says of its length; else the truth. */
  readonly bytes?: number;
  readonly crc?: number;
  /** Not compressed. */
  readonly stored?: boolean;
}

const SPAN = {
  object: 'trace.span',
  id: 's1',
  trace_id: 't1',
  parent_id: null,
  started_at: '2026-06-01T00:00:00.000Z',
  ended_at: '2026-06-01T00:00:01.000Z',
  span_data: { type: 'agent', name: 'Triage' },
  error: null,
};

export const MARK: BuiltEntry = { name: 'bundle', text: 'tracebundle 1\n' };
export const DATA: BuiltEntry = { name: 'data/traces-000001.jsonl', text: `${JSON.stringify(SPAN)}\n` };

/** The manifest of these entries. `change` lies. */
export function manifestOf(entries: readonly BuiltEntry[], change: object = {}): BuiltEntry {
  const listed = entries.map(({ name, text }) => ({
    name,
    bytes: Buffer.byteLength(text),
    lines: 1,
    sha256: createHash('sha256').update(text).digest('hex'),
  }));
  const counts = { traces: 1, spans: 1, records: 1, notes: 0, findings: 0, views: 0 };
  const manifest = {
    format: 'tracebundle',
    version: 1,
    counts,
    entries: listed,
    withheld: null,
    priceTable: null,
  };
  return { name: 'manifest.json', text: JSON.stringify({ ...manifest, ...change }) };
}

/** Mark, data and manifest, as they should be. */
export function wholeBundle(data: readonly BuiltEntry[] = [DATA], change: object = {}): Buffer {
  return buildZip([MARK, ...data, manifestOf(data, change)]);
}

export function buildZip(entries: readonly BuiltEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const content = Buffer.from(entry.text);
    const packed = entry.stored === true ? content : deflateRawSync(content);
    const fields = Buffer.alloc(22);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(entry.stored === true ? 0 : 8, 4);
    fields.writeUInt32LE(entry.crc ?? crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(entry.bytes ?? content.length, 18);
    const lengths = Buffer.alloc(4);
    lengths.writeUInt16LE(name.length, 0);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), fields, lengths, name, packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((entry.mode ?? 0o100600) << 16) >>> 0, 6);
    tail.writeUInt32LE(entry.offset ?? at, 10);
    directory.push(Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([20, 3]), fields, lengths, tail, name);
    at += 4 + fields.length + lengths.length + name.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, list, end]);
}
