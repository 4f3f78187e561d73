/** A size for a person: `512 bytes`, `1.4 MB`. */
export function describeBytes(bytes: number): string {
  return bytes < 1_000_000 ? `${bytes} bytes` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
