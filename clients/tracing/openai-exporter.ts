/** Posts traces and spans to the endpoint of the OpenAI dashboard, or to any other that speaks the same. */
import type { PostAnswer } from '../workbench/platform.ts';
import { isDelivered, isRetryable, MOST_ATTEMPTS, retryDelayMs } from '../workbench/retry.ts';
import { writeSafeJson } from '../workbench/safe-json.ts';
import { warn } from '../workbench/notice.ts';
import { unreferenced } from '../workbench/unreferenced.ts';
import { BatchProcessor, type BatchOptions } from './batch-processor.ts';
import { getClientPlatform } from './client-platform.ts';
import { readEnvironment } from './config.ts';
import type { TracingExporter } from './processor.ts';
import { Span } from './span.ts';
import { truncateField } from './truncate-field.ts';
import type { Trace } from './trace.ts';

export const OPENAI_ENDPOINT = 'https://api.openai.com/v1/traces/ingest';

export interface OpenAIExporterOptions {
  /** Default: `setTracingExportApiKey`, else the environment's `OPENAI_API_KEY`. Without one nothing is sent. */
  readonly apiKey?: string | undefined;
  readonly api_key?: string | undefined;
  readonly endpoint?: string | undefined;
}

let exportApiKey: string | undefined;

/** The key for every exporter that was given none. */
export function setTracingExportApiKey(apiKey: string): void {
  exportApiKey = apiKey;
}

/** The SDK's exporter: one POST a key, fields cut to 100,000 bytes, three attempts. For a `BatchProcessor`. */
export class OpenAITracingExporter implements TracingExporter {
  readonly #endpoint: string;
  readonly #apiKey: string | undefined;
  #isTold = false;

  constructor(options: OpenAIExporterOptions = {}) {
    this.#endpoint = options.endpoint ?? OPENAI_ENDPOINT;
    this.#apiKey = options.apiKey ?? options.api_key;
  }

  async export(items: readonly (Trace | Span)[]): Promise<void> {
    const byKey = new Map<string, string[]>();
    for (const item of items) {
      const key = this.#keyOf(item);
      const text = writeItem(item);
      if (text === undefined) continue;
      if (key === undefined) this.#tell('has no API key: nothing is sent. Give it one, or remove it');
      else byKey.set(key, [...(byKey.get(key) ?? []), text]);
    }
    for (const [key, texts] of byKey) await this.#post(key, `{"data":[${texts.join(',')}]}`);
  }

  #keyOf(item: Trace | Span): string | undefined {
    const { tracingApiKey } = item instanceof Span ? item.trace : item;
    return tracingApiKey ?? this.#apiKey ?? exportApiKey ?? readEnvironment('OPENAI_API_KEY');
  }

  async #post(apiKey: string, body: string): Promise<void> {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${apiKey}`,
      'openai-beta': 'traces=v1',
    };
    for (let attempt = 1; ; attempt++) {
      const answer = await post({ url: this.#endpoint, body, headers, timeoutMs: 30_000 });
      if (isDelivered(answer)) return;
      if (!isRetryable(answer) || attempt >= MOST_ATTEMPTS) {
        this.#tell(
          `could not deliver (${answer === undefined ? 'no answer' : `HTTP ${answer.status}`}); traces are lost`,
        );
        return;
      }
      const delayMs = retryDelayMs(attempt, answer, Math.random());
      await new Promise((resolve) => unreferenced(setTimeout(resolve, delayMs)));
    }
  }

  #tell(what: string): void {
    if (!this.#isTold) warn(`Tracebench: the OpenAI exporter ${what}.`);
    this.#isTold = true;
  }
}

async function post(
  request: Parameters<ReturnType<typeof getClientPlatform>['post']>[0],
): Promise<PostAnswer | undefined> {
  try {
    return await getClientPlatform().post(request);
  } catch {
    // No answer is an answer of the retry table.
    return undefined;
  }
}

/** One item as the endpoint takes it; undefined for what isn't recorded. */
export function writeItem(item: Trace | Span): string | undefined {
  const json = item.toJSON();
  if (json?.object !== 'trace.span') return json === null ? undefined : writeSafeJson(json);
  const data: Record<string, unknown> = { ...json.span_data };
  for (const name of ['input', 'output']) if (name in data) data[name] = truncateField(data[name]);
  return writeSafeJson({ ...json, span_data: data });
}

/**
 * Batches for the OpenAI dashboard. Off without a key.
 *
 * @example
 * addTraceProcessor(new OpenAIProcessor({ apiKey: 'sk-...' }));
 */
export class OpenAIProcessor extends BatchProcessor {
  constructor(options: OpenAIExporterOptions & BatchOptions = {}) {
    super(new OpenAITracingExporter(options), options);
  }
}
