/** The worker that holds the library: lists of 100,000 traces are filtered and sorted beside the thread that draws. */
import { makeBrowserFeeding } from './browser-feeding.ts';
import type { ToFeeding } from './feeding-messages.ts';
import type { ToStore } from './store-messages.ts';
import { makeStore } from './store-parts.ts';

const hear = makeStore((message) => {
  postMessage(message);
}, makeBrowserFeeding);

addEventListener('message', ({ data }: MessageEvent<ToStore | ToFeeding>) => {
  hear(data);
});
