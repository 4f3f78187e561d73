/** Cutting bytes into records: every shape of file, every place a chunk can end, every way a line can tear. */
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';

import { RecordScanner, type RecordScannerOptions } from '../../../core/formats/record-scanner.ts';

interface Found {
  readonly text: string;
  readonly line: number;
  readonly state: string;
  readonly depth: number;
  readonly multiline: boolean;
}

function scan(text: string, chunkBytes = text.length * 4 || 1, options: RecordScannerOptions = {}): Found[] {
  const found: Found[] = [];
  const scanner = new RecordScanner(({ bytes, start, end, line, state, depth, multiline }) => {
    found.push({ text: Buffer.from(bytes.subarray(start, end)).toString(), line, state, depth, multiline });
  }, options);
  const bytes = Buffer.from(text);
  for (let i = 0; i < bytes.length; i += chunkBytes) scanner.push(bytes.subarray(i, i + chunkBytes));
  scanner.end();
  return found;
}

const whole = (text: string): unknown[] =>
  scan(text).map((record) =>
    record.state === 'whole' ? (JSON.parse(record.text) as unknown) : record.state,
  );

describe('shapes of files', () => {
  test('JSON lines, with and without a last line feed, with CRLF', () => {
    expect(whole('{"a":1}\n{"a":2}')).toEqual([{ a: 1 }, { a: 2 }]);
    expect(whole('{"a":1}\r\n{"a":2}\r\n')).toEqual([{ a: 1 }, { a: 2 }]);
  });

  test('concatenated values without anything between them', () => {
    expect(whole('{"a":1}{"a":2}{"a":{"b":[3]}}')).toEqual([{ a: 1 }, { a: 2 }, { a: { b: [3] } }]);
  });

  test('a top-level array, and several', () => {
    expect(whole('[{"a":1}, {"a":2}]\n[{"a":3}]')).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
  });

  test('bodies of an exporter, one a line or concatenated, with what follows `data` left out', () => {
    const bodies =
      '{"data":[{"a":1},{"a":2}]}\n{ "data" : [ {"a":3} ], "more": {"x":[1]} }{"data":[]}{"a":4}';
    expect(whole(bodies)).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }, { a: 4 }]);
  });

  test('an object that only holds `data` further in is a record of its own', () => {
    expect(whole('{"object":"x","data":[1]}')).toEqual([{ object: 'x', data: [1] }]);
    expect(whole('{"data":{"a":1}}')).toEqual([{ data: { a: 1 } }]);
  });

  test('pretty-printed values, marked as many lines', () => {
    const value = { a: [1, { b: 'x' }], c: {} };
    const [record] = scan(JSON.stringify(value, undefined, 2));
    expect(JSON.parse(record?.text ?? '')).toEqual(value);
    expect(record?.multiline).toBe(true);
  });

  test('a byte order mark is passed over', () => {
    expect(whole('\ufeff{"a":1}')).toEqual([{ a: 1 }]);
  });

  test('nothing is no record', () => {
    expect(scan('')).toEqual([]);
    expect(scan(' \n\n ')).toEqual([]);
  });
});

describe('what it says of a record', () => {
  test('its line, counted from 1', () => {
    expect(scan('{"a":1}\n\n{"a":\n2}\n{"a":3}').map(({ line }) => line)).toEqual([1, 3, 5]);
  });

  test('how deep it nests, brackets in strings aside', () => {
    expect(scan('{"a":[{"b":"[[[["}]}')[0]?.depth).toBe(3);
  });
});

describe('whether records pair with what JSON.parse gives', () => {
  const isOneList = (text: string): boolean => {
    const scanner = new RecordScanner(() => undefined);
    scanner.push(Buffer.from(text));
    scanner.end();
    return scanner.isOneList;
  };

  test.each(['[{"a":1},2]', '{"data":[{"a":1}]}', ' { "data" : [] } '])('%s is one list', (text) => {
    expect(isOneList(text)).toBe(true);
  });

  test.each([
    '{"a":1}',
    '{"a":1,"data":[{"b":2}]}',
    '{"data":[{"a":1}],"data":[{"b":2}]}',
    '{"data":[{"a":1}],"more":0}',
    '[1][2]',
    '[1]{"a":2}',
    '',
  ])('%j is not', (text) => {
    expect(isOneList(text)).toBe(false);
  });
});

describe('torn records lose nothing else', () => {
  test('a line cut inside a string', () => {
    expect(whole('{"a":1}\n{"a":"to\n{"a":3}')).toEqual([{ a: 1 }, 'broken', { a: 3 }]);
  });

  test.each(['{"a":{"b":1', '{"a":1,', '{"a":[1,2', '{"a":', '{'])('a line cut behind %s', (torn) => {
    const found = whole(`{"a":1}\n${torn}\n{"b":3}\n{"c":4}`);
    expect(found[0]).toEqual({ a: 1 });
    expect(found.at(-1)).toEqual({ c: 4 });
    expect(found).toContain('broken');
  });

  test('a body cut in the middle leaves the next body whole', () => {
    const found = whole('{"data":[{"a":1},{"a":\n{"data":[{"a":2}]}');
    expect(found).toContainEqual({ a: 1 });
    expect(found).toContain('broken');
  });

  test('brackets that do not match', () => {
    expect(whole('{"a":[1}\n{"b":2}')).toEqual(['broken', { b: 2 }]);
  });

  test('an end of file in the middle', () => {
    expect(whole('{"a":1}\n{"a":2')).toEqual([{ a: 1 }, 'broken']);
  });

  test('text that is no JSON at all is one record a line', () => {
    expect(scan('hello world\nbye').map(({ text }) => text)).toEqual(['hello world', 'bye']);
  });

  test('a record past the limit is reported, and the next line is read', () => {
    const found = scan(`{"a":"${'x'.repeat(300)}"}\n{"a":2}`, 64, { maxRecordBytes: 100 });
    expect(found.map(({ state }) => state)).toEqual(['too-large', 'whole']);
    expect(found[1]?.text).toBe('{"a":2}');
  });
});

test('a huge record in small chunks is copied a few times over, not once a chunk', () => {
  const chunk = Buffer.alloc(4096, 'x');
  const chunks = 4096;
  let copied = 0;
  const counted = new Proxy(Uint8Array, {
    construct: (target, [size]: [number | Uint8Array]) => {
      copied += typeof size === 'number' ? size : size.length;
      return new target(size as number);
    },
  });
  vi.stubGlobal('Uint8Array', counted);
  let found = 0;
  const scanner = new RecordScanner(({ start, end }) => {
    found = end - start;
  });
  scanner.push(Buffer.from('{"k":"'));
  for (let i = 0; i < chunks; i++) scanner.push(chunk);
  scanner.push(Buffer.from('"}'));
  scanner.end();
  vi.unstubAllGlobals();
  expect(found).toBe(chunk.length * chunks + 8);
  expect(copied / found).toBeLessThan(8);
});

describe('lines that parse are taken without a scan', () => {
  test('a line is offered once, and scanned where it is not taken', () => {
    const offered: string[] = [];
    const takeLine: RecordScannerOptions['takeLine'] = (bytes, start, end) => {
      const text = Buffer.from(bytes.subarray(start, end)).toString();
      offered.push(text);
      return text.includes('good');
    };
    const scanned = scan('{"good":1}\n{"bad":1}{"bad":2}\n{"good":3}\n', undefined, { takeLine });
    expect(offered).toEqual(['{"good":1}', '{"bad":1}{"bad":2}', '{"bad":2}', '{"good":3}']);
    expect(scanned.map(({ text, line }) => [text, line])).toEqual([
      ['{"bad":1}', 2],
      ['{"bad":2}', 2],
    ]);
  });
});

describe('one buffer may be filled again and again', () => {
  function scanFillings(fillings: readonly string[]): string[] {
    const buffer = Buffer.alloc(64);
    const found: string[] = [];
    const scanner = new RecordScanner(({ bytes, start, end }) => {
      found.push(Buffer.from(bytes.subarray(start, end)).toString());
    });
    for (const text of fillings) {
      buffer.fill(text.padEnd(64), 0, 64);
      scanner.push(buffer);
    }
    scanner.end();
    return found;
  }

  test('what is carried over to the next chunk is a copy', () => {
    expect(scanFillings(['{"a":[1,', '2]}'])).toEqual([`${'{"a":[1,'.padEnd(64)}2]}`]);
  });

  test('a line feed of the last filling is not seen again', () => {
    const first = `{"k":"${'x'.repeat(40)}"}`.padEnd(50);
    const second = `{"k":"${'y'.repeat(45)}}}}}"}`;
    expect(scanFillings([`${first}\n`, second])).toEqual([first.trimEnd(), second]);
  });
});

const arbitraryRecord = fc
  .dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 })
  .map((value) => ({ k: value }));

test('whatever the values and wherever the chunks end, the same records come out', () => {
  fc.assert(
    fc.property(
      fc.array(arbitraryRecord, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom('\n', '', '\r\n', ' '),
      (records, chunkBytes, between) => {
        const expected = records.map((record) => JSON.stringify(record));
        expect(scan(expected.join(between), chunkBytes).map(({ text }) => text)).toEqual(expected);
        expect(scan(`[${expected.join(',')}]`, chunkBytes).map(({ text }) => text)).toEqual(expected);
        expect(scan(`{"data":[${expected.join(',')}]}`, chunkBytes).map(({ text }) => text)).toEqual(
          expected,
        );
      },
    ),
    { numRuns: 300, seed: 3 },
  );
});
