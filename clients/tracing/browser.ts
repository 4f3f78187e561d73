/** `tracebench/tracing` in a browser: no Node module, and a context that follows calls but not `await`. */
export * from './browser-workbench.ts';
export * from './tracing.ts';
