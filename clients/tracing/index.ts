/** `tracebench/tracing` in Node: the context follows `await`, and what waits is delivered when the process ends. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { nodePlatform } from '../workbench/node-platform.ts';
import { setClientPlatform } from './client-platform.ts';
import { setTracingContextStorage, type TraceContext } from './context.ts';

setTracingContextStorage(new AsyncLocalStorage<TraceContext>());
setClientPlatform(nodePlatform);

export * from './file-processor.ts';
export * from './tracing.ts';
export { WorkbenchProcessor, type WorkbenchProcessorOptions } from '../workbench/workbench-processor.ts';
