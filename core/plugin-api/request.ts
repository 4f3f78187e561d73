/** The network of a plugin: the host asks for it, and only where plugin.json names the origin and the user granted it. */

export interface RequestInit {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface PluginResponse {
  readonly status: number;
  /** Of the 200s. */
  readonly ok: boolean;
  readonly contentType: string;
  readonly text: string;
  readonly json: () => unknown;
}

/** Rejects where it is refused or fails. In the guest the host's own stands in its place. */
export function request(url: string, init?: RequestInit): Promise<PluginResponse> {
  const what = `${init?.method ?? 'GET'} ${url}`;
  return Promise.reject(
    new Error(`${what}: requests are performed by the host only, for a plugin in its guest.`),
  );
}
