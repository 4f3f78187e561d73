/** What the health page shows beside the status: whether everything flows, and where it stands. */

/** How often records were not kept for one reason. */
export interface RejectCount {
  readonly code: string;
  readonly count: number;
  /** What the code stands for, in a sentence; empty where it says it itself. */
  readonly meaning: string;
}

export interface Health {
  readonly startedAt: string;
  readonly version: string;
  readonly platform: string;
  readonly node: string;
  readonly memoryBytes: number;
  /** Free bytes on the disk of the data directory; null where the system does not say. */
  readonly diskFreeBytes: number | null;
  /** Requests at the door that wait for the disk, and the bytes of their bodies. */
  readonly waitingRequests: number;
  readonly waitingBytes: number;
  /** Records not kept, by code. Of a body with very many, those that were told one by one. */
  readonly rejects: readonly RejectCount[];
  /** The newest first, at most 20; never text of a trace. */
  readonly errors: readonly { readonly at: string; readonly message: string }[];
  readonly journal: {
    readonly id: string;
    /** The end of the journal: where the next block begins. */
    readonly segment: number;
    readonly offset: number;
    readonly rows: number;
    readonly segments: number;
    readonly compressedSegments: number;
    /** Segments that have lines of deleted traces in them. */
    readonly awaitingCompaction: number;
    readonly bytesOnDisk: number;
  };
  /** Pages that are connected now. */
  readonly pages: number;
}
