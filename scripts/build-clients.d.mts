/** Types of `build-clients.mjs` for the tests. */
export const CLIENT_ENTRIES: Readonly<Record<string, string>>;
export function bundleClients(outDir: string, options?: { readonly minify?: boolean }): Promise<void>;
export function writeTypes(outDir: string): Promise<void>;
