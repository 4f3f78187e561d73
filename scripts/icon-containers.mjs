// The two files that hold an icon in several sizes: .ico of Windows and .icns of macOS. Both take PNGs as they are.

/** Types of .icns by side; a second one says that the same picture is that of half the side on a fine screen. */
const ICNS_TYPES = {
  32: ['ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/** `images`: `{ side, png }`, at most 256 pixels a side. */
export function packIco(images) {
  const head = Buffer.alloc(6 + images.length * 16);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  images.forEach(({ side, png }, i) => {
    const at = 6 + i * 16;
    // 0 stands for 256.
    head.writeUInt8(side % 256, at);
    head.writeUInt8(side % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...images.map(({ png }) => png)]);
}

/** `images`: `{ side, png }`, with sides of 32 to 1024 pixels. */
export function packIcns(images) {
  const parts = images.flatMap(({ side, png }) =>
    ICNS_TYPES[side].map((type) => Buffer.concat([icnsHead(type, png.length), png])),
  );
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([icnsHead('icns', bytes), ...parts]);
}

/** Four letters, and a length that counts these eight bytes too. */
function icnsHead(type, bytes) {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(bytes + 8, 4);
  return head;
}
