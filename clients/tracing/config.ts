/** Configuration as the SDK's run config and environment spell it. */
import { includesSensitiveData } from '../workbench/sensitive-data.ts';
import type { TraceInit } from './trace.ts';

/** What a trace, or a whole run, is told. Every option works in both spellings. */
export interface RunConfig {
  /** The workflow's name. Default `Agent workflow`. */
  readonly workflowName?: string | undefined;
  readonly workflow_name?: string | undefined;
  readonly name?: string | undefined;
  /** Any text; default `trace_` and 32 hex digits. */
  readonly traceId?: string | undefined;
  readonly trace_id?: string | undefined;
  /** Joins traces of one conversation. */
  readonly groupId?: string | null | undefined;
  readonly group_id?: string | null | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
  readonly traceMetadata?: Readonly<Record<string, unknown>> | null | undefined;
  readonly trace_metadata?: Readonly<Record<string, unknown>> | null | undefined;
  /** True: this trace and all in it are not kept. */
  readonly disabled?: boolean | undefined;
  readonly tracingDisabled?: boolean | undefined;
  readonly tracing_disabled?: boolean | undefined;
  /** False leaves inputs and outputs out. Default: the environment's, else true. */
  readonly traceIncludeSensitiveData?: boolean | undefined;
  readonly trace_include_sensitive_data?: boolean | undefined;
  readonly tracing?: { readonly apiKey?: string; readonly api_key?: string } | undefined;
  readonly tracingApiKey?: string | undefined;
}

/** The one shape of the two spellings. */
export function readRunConfig(config: RunConfig): TraceInit & { readonly disabled: boolean } {
  return {
    name: config.workflowName ?? config.workflow_name ?? config.name,
    traceId: config.traceId ?? config.trace_id,
    groupId: config.groupId ?? config.group_id,
    metadata: config.metadata ?? config.traceMetadata ?? config.trace_metadata,
    tracingApiKey: config.tracing?.apiKey ?? config.tracing?.api_key ?? config.tracingApiKey,
    includesSensitiveData:
      config.traceIncludeSensitiveData ?? config.trace_include_sensitive_data ?? includesSensitiveData(),
    disabled: config.disabled ?? config.tracingDisabled ?? config.tracing_disabled ?? false,
  };
}

/** Either name of the variable turns tracing off. */
export function isDisabledByEnvironment(): boolean {
  return ['OPENAI_AGENTS_DISABLE_TRACING', 'OPENAI_AGENTS_TRACING_DISABLED'].some((name) =>
    ['1', 'true'].includes(readEnvironment(name)?.toLowerCase() ?? ''),
  );
}

/** Undefined in browsers, where there is no environment. */
export function readEnvironment(name: string): string | undefined {
  return typeof process === 'undefined' ? undefined : (process.env as typeof process.env | undefined)?.[name];
}
