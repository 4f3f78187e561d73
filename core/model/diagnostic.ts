/** What a reader, the door or the fold has to say about its input. Bad input is data, never an exception. */
export type Severity = 'info' | 'warning' | 'error';

export interface Diagnostic {
  /** A stable name in kebab case from the room's catalogue of messages. */
  readonly code: string;
  readonly severity: Severity;
  /** One plain sentence for a person. It never carries text of the trace. */
  readonly message: string;
  /** Line in the file, counted from 1; absent where there is none. */
  readonly line?: number;
  /** Byte in the file, counted from 0, where it has no lines. */
  readonly offset?: number;
}
