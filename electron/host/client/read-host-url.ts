/** The address of a running host, as `serve` prints it. */
import type { HostAddress } from './host-connection.ts';

/** Reads `http://127.0.0.1:4320/#t=TOKEN`; undefined where the text is none. */
export function readHostUrl(text: string): HostAddress | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const token = new URLSearchParams(url.hash.slice(1)).get('t');
  return token === null ? undefined : { ui: url.origin, token };
}
