/** Sends a page's traces to the workbench as they happen. Its door must know the page's origin. */
import { browserPlatform } from '../workbench/browser-platform.ts';
import { EventProcessor } from '../workbench/event-processor.ts';
import { EventSender } from '../workbench/event-sender.ts';

/**
 * @example
 * setTraceProcessors([new WorkbenchProcessor({ url: 'http://127.0.0.1:4318' })]);
 */
export class WorkbenchProcessor extends EventProcessor {
  /** `url` is the door, or a relay on the page's own server. Default `http://127.0.0.1:4318`. */
  constructor({ url }: { readonly url?: string | undefined } = {}) {
    super(new EventSender({ platform: browserPlatform, url }));
  }
}
