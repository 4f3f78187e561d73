/**
 * Meets the trace provider of `@openai/agents` where it is born. However many copies of the SDK a program loads,
 * as ESM or CommonJS, they share one provider under a global symbol; so that property is watched, and no module.
 */
import type { TraceProvider, TracingProcessor } from '@openai/agents';

const PROVIDER = Symbol.for('openai.agents.core.traceProvider');

/** Installs a processor of `make` into the provider that is there, or comes. */
export function watchTraceProvider(make: () => TracingProcessor): void {
  let provider: unknown = Reflect.get(globalThis, PROVIDER);
  if (isProvider(provider)) {
    install(provider, make());
    return;
  }
  Object.defineProperty(globalThis, PROVIDER, {
    configurable: true,
    get: () => provider,
    set: (value: unknown) => {
      provider = value;
      if (isProvider(value)) install(value, make());
    },
  });
}

type Provider = Pick<TraceProvider, 'setProcessors' | 'registerProcessor'>;

/** The SDK is the program's own: what it stores there is looked at before it is used. */
function isProvider(value: unknown): value is Provider {
  return (
    typeof value === 'object' && value !== null && 'setProcessors' in value && 'registerProcessor' in value
  );
}

/**
 * Ours comes first and stays, whatever the program sets. Only the exporter to OpenAI that the SDK sets by itself
 * while it is imported is left out, as `setTraceProcessors([new WorkbenchProcessor()])` would do.
 */
function install(provider: Provider, own: TracingProcessor): void {
  const setProcessors = provider.setProcessors.bind(provider);
  provider.setProcessors = (processors) => {
    if (!isDefaultExporter()) {
      const isThere = processors.some((processor) => 'isWorkbench' in processor);
      setProcessors(isThere ? processors : [own, ...processors]);
      return;
    }
    for (const processor of processors) void processor.shutdown();
    setProcessors([own]);
  };
  setProcessors([own]);
}

/** Whether the SDK itself calls, not the program. Unknown in a minified bundle: then the program keeps all it had. */
function isDefaultExporter(): boolean {
  return new Error('who calls?').stack?.includes('setDefaultOpenAITracingExporter') ?? false;
}
