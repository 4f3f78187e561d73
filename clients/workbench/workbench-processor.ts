/** The processor that brings a Node program's traces into a workbench on this machine, as they happen. */
import { EventProcessor } from './event-processor.ts';
import { EventSender } from './event-sender.ts';
import { FileSpill } from './file-spill.ts';
import { nodePlatform } from './node-platform.ts';

export interface WorkbenchProcessorOptions {
  /** Base URL of the door. Default: `TRACEBENCH_URL`, else the running workbench's, else `http://127.0.0.1:4318`. */
  readonly url?: string | undefined;
  /**
   * Keep events in a file of the workbench's data directory while it is away, for it to take when it starts.
   * Default true, unless `TRACEBENCH_SPILL=0`.
   */
  readonly spill?: boolean | undefined;
  /** False leaves inputs and outputs out. Default: what `OPENAI_AGENTS_TRACE_INCLUDE_SENSITIVE_DATA` says, else true. */
  readonly includeSensitiveData?: boolean | undefined;
}

/** How long the first event waits for company: a running span is seen this late. */
const DELAY_MS = 50;

/**
 * Works as a processor of `@openai/agents` and of `tracebench/tracing`. Start and end of every span are sent
 * as they happen, with model, messages and usage. A workbench that isn't running costs the program nothing.
 *
 * @example
 * import { setTraceProcessors } from '@openai/agents';
 * import { WorkbenchProcessor } from 'tracebench/tracing';
 *
 * setTraceProcessors([new WorkbenchProcessor()]);
 */
export class WorkbenchProcessor extends EventProcessor {
  constructor({ url, spill, includeSensitiveData }: WorkbenchProcessorOptions = {}) {
    const spills = spill ?? !['0', 'false', 'no', 'off'].includes(process.env['TRACEBENCH_SPILL'] ?? '');
    const sender = new EventSender({
      ...{ platform: nodePlatform, delayMs: DELAY_MS },
      ...(url !== undefined && { url }),
      ...(spills && { spill: new FileSpill() }),
    });
    super(sender, includeSensitiveData);
  }
}
