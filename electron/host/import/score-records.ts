/** How sure a format of our own records is of a file, by the first of them that are whole in its beginning. */
import type { FileHead } from '../../../core/formats/foreign/file-head.ts';
import { RECORD_FORMATS } from '../../../core/formats/registry.ts';
import { RecordScanner } from '../../../core/formats/record-scanner.ts';
import { findExcess } from '../../../core/formats/excess.ts';
import type { Json } from '../../../core/model/json.ts';

/** So many records are looked at: junk before the first good one is common. */
const MAX_RECORDS = 20;

export function scoreRecords({ bytes }: FileHead): number {
  let best = 0;
  let seen = 0;
  const scanner = new RecordScanner((record) => {
    if (++seen > MAX_RECORDS || best === 1) scanner.stop();
    if (record.state !== 'whole' || findExcess(record) !== undefined) return;
    const value = tryParse(record.bytes.subarray(record.start, record.end));
    if (value === undefined) return;
    for (const format of RECORD_FORMATS) best = Math.max(best, format.detectRecord(value));
  });
  scanner.push(bytes);
  return best;
}

function tryParse(bytes: Uint8Array): Json | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Json;
  } catch {
    // Only JSON.parse throws here, and junk scores nothing.
    return undefined;
  }
}
