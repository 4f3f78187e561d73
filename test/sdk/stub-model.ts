/**
 * The model inside the process: a `fetch` that answers calls to MODEL_URL from a script and passes everything
 * else on. So the SDK's own client, interfaces and span code run as they are, and nothing leaves the machine.
 */
import { isJsonObject, ownAt, stringAt, type JsonObject } from '../../core/model/json.ts';
import {
  writeCompletion,
  writeCompletionChunks,
  writeResponse,
  writeResponseEvents,
  type StubAnswer,
} from './stub-answer.ts';

/** A name that no resolver knows: a call that slipped past the stub would fail, not leave. */
export const MODEL_URL = 'http://model.invalid/v1';

/** What each agent's model says, call by call; the key stands in the agent's instructions as `[[key]]`. */
export type Script = Readonly<Record<string, readonly StubAnswer[]>>;

export class StubModel {
  #script: Script = {};
  #calls = new Map<string, number>();
  #number = 0;
  readonly #wait: (answer: StubAnswer) => Promise<void>;

  /** `wait` is what the model takes to answer; by default it answers at once. */
  constructor(wait: (answer: StubAnswer) => Promise<void> = () => Promise.resolve()) {
    this.#wait = wait;
  }

  /** Puts the stub between the program and the network. To be called before any client is made. */
  install(): void {
    const outer = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      if (!url.startsWith(MODEL_URL)) return outer(input, init);
      const body: unknown = JSON.parse(typeof init?.body === 'string' ? init.body : '{}');
      if (!isJsonObject(body)) throw new TypeError('a call of the model without a body');
      return this.#answer(url.slice(MODEL_URL.length), body);
    };
  }

  /** Begins a scenario. */
  follow(script: Script): void {
    this.#script = script;
    this.#calls = new Map();
  }

  async #answer(path: string, request: JsonObject): Promise<Response> {
    const key = /\[\[(\w+)\]\]/.exec(instructionsOf(request))?.[1] ?? '';
    const call = this.#calls.get(key) ?? 0;
    const answer = this.#script[key]?.[call];
    if (answer === undefined) throw new Error(`the script says nothing for call ${call} of "${key}"`);
    this.#calls.set(key, call + 1);
    const model = stringAt(request, 'model') ?? '';
    const number = ++this.#number;
    await this.#wait(answer);
    const streams = ownAt(request, 'stream') === true;
    if (path === '/responses') {
      return streams
        ? eventStream(writeResponseEvents(answer, model, number))
        : Response.json(writeResponse(answer, model, number));
    }
    return streams
      ? eventStream(writeCompletionChunks(answer, model, number), 'data: [DONE]\n\n')
      : Response.json(writeCompletion(answer, model, number));
  }
}

function instructionsOf(request: JsonObject): string {
  return stringAt(request, 'instructions') ?? JSON.stringify(ownAt(request, 'messages') ?? []);
}

function eventStream(events: readonly JsonObject[], tail = ''): Response {
  const lines = events.map((event) => {
    const type = stringAt(event, 'type');
    return `${type === undefined ? '' : `event: ${type}\n`}data: ${JSON.stringify(event)}\n\n`;
  });
  return new Response(lines.join('') + tail, { headers: { 'content-type': 'text/event-stream' } });
}
