/** One tracing library at the same small program: an agent that calls a tool a hundred times. */

export type Listener = 'nobody' | 'batch';

export interface Contender {
  readonly name: string;
  /** Sets up who listens; the batch exporter takes its items and drops them. */
  listen(listener: Listener): void;
  /** One trace: an agent span around `spans` tool spans, each with a name, an input and an output. */
  run(spans: number): Promise<void>;
  flush(): Promise<void>;
}

/** Room for all spans of a round, so that no library saves work by dropping. */
export const QUEUE = { queue: 50_000, batch: 512 };

/** What the tool does. */
export const work = (i: number): Promise<string> => Promise.resolve(String(i));
