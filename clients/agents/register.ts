/**
 * `node --import tracebench/register app.js`: the processor for a program that uses `@openai/agents`, without
 * a line in it. Loaded before the program; it does nothing where the SDK is never imported.
 */
import { WorkbenchProcessor } from '../workbench/workbench-processor.ts';
import { watchTraceProvider } from './trace-provider.ts';

watchTraceProvider(() => new WorkbenchProcessor());
