/** What the one file that verifies an audit log offers to the host, which verifies with the same code. */
export interface GivenHead {
  readonly hash: string;
  readonly seq?: number;
}

export type Verdict =
  | { readonly ok: true; readonly records: number; readonly head: string }
  | {
      readonly ok: false;
      readonly records: number;
      readonly head: string;
      /** Of the first bad record, from 0. */
      readonly index: number;
      readonly file?: string;
      readonly line?: number;
      readonly message: string;
    };

export function canonical(value: unknown): string;
export function hashOf(record: object): string;
export function listLogFiles(paths: readonly string[]): readonly string[];
export function verifyLog(
  paths: readonly string[],
  wish?: { readonly head?: GivenHead | undefined; readonly lastBytes?: number },
): Promise<Verdict>;
export function isSigned(signedHead: object, publicKey: string): boolean;
export function readHead(text: string, publicKey: string | undefined): GivenHead;
