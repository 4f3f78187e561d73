/** Ids of OTLP: hex as the specification says, or base64 as plain protobuf JSON has them; told by their length. */
const HEX = /^[0-9a-f]+$/i;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const ZEROS = /^0*$/;

/** The id in lower-case hex of `bytes` bytes. undefined: none, or all zeros, which means none. */
export function readHexId(text: string | undefined, bytes: 8 | 16): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (isPlainHex(text, bytes * 2)) return text;
  const plain = text.startsWith('0x') ? text.slice(2) : text;
  if (plain.length === bytes * 2 && HEX.test(plain)) return idOf(plain.toLowerCase());
  const isBase64 = plain.length === Math.ceil(bytes / 3) * 4 && BASE64.test(plain);
  if (isBase64) return idOf(hexOf(plain));
  // Ids of no proper length occur in examples and in tests: they are kept as they are.
  return idOf(HEX.test(plain) ? plain.toLowerCase() : plain);
}

/** True for lower-case hex of the proper length that is not all zeros, as nearly every id is. */
function isPlainHex(text: string, length: number): boolean {
  if (text.length !== length) return false;
  let hasOther = false;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x30) continue;
    if (!((code > 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66))) return false;
    hasOther = true;
  }
  return hasOther;
}

function idOf(id: string): string | undefined {
  return ZEROS.test(id) ? undefined : id;
}

function hexOf(base64: string): string {
  const binary = atob(base64.replaceAll('-', '+').replaceAll('_', '/'));
  let hex = '';
  for (let i = 0; i < binary.length; i++) hex += binary.charCodeAt(i).toString(16).padStart(2, '0');
  return hex;
}
