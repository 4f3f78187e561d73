/**
 * The door as a sender sees it. Its usual port may be somebody else's: so it is asked with an empty body whether
 * a workbench listens, before it is sent a word, and what a stranger answers never costs an event.
 */
import type { ClientPlatform, PostAnswer } from './platform.ts';
import { isDelivered } from './retry.ts';

const POST_TIMEOUT_MS = 10_000;
/** After so long without an answer, the port may have another owner. */
const ASK_AGAIN_MS = 5000;

export class AskedDoor {
  readonly #platform: ClientPlatform;
  readonly #option: string | undefined;
  readonly #headers: Readonly<Record<string, string>>;
  /** The address that last answered as a workbench does, and when. */
  #known: string | undefined;
  #answeredAtMs = 0;
  /** Where it was last looked for. */
  address = '';

  /** `option` is the address that the program gave. */
  constructor(
    platform: ClientPlatform,
    option: string | undefined,
    headers: Readonly<Record<string, string>> = {},
  ) {
    this.#platform = platform;
    this.#option = option;
    this.#headers = headers;
  }

  /** What the workbench answered; undefined where none did, but maybe a stranger. Never rejects. */
  async post(body: string): Promise<PostAnswer | undefined> {
    try {
      this.address = await this.#platform.findDoor(this.#option);
      if (!this.#isKnown()) {
        const said = await this.#send('');
        if (said.status !== 204) return asksForTime(said);
      }
      const answer = await this.#send(body);
      if (isOfDoor(answer)) {
        this.#known = this.address;
        this.#answeredAtMs = Date.now();
        return answer;
      }
    } catch {
      // Not running, or gone in mid-answer: the retry table and the spill are the answer to that.
    }
    this.#known = undefined;
    return undefined;
  }

  #isKnown(): boolean {
    return this.#known === this.address && Date.now() - this.#answeredAtMs < ASK_AGAIN_MS;
  }

  #send(body: string): Promise<PostAnswer> {
    return this.#platform.post({
      url: `${this.address}/v1/events`,
      body,
      headers: { 'content-type': 'application/x-ndjson', ...this.#headers },
      timeoutMs: POST_TIMEOUT_MS,
    });
  }
}

/** The answers that the door, or a server that relays to it, gives to events. */
function isOfDoor(answer: PostAnswer): boolean {
  return isDelivered(answer) || answer.status >= 500 || [400, 408, 409, 413, 429].includes(answer.status);
}

/** A door that has no room just now is tried again when it says; whatever else answers is none. */
function asksForTime({ status, retryAfterMs }: PostAnswer): PostAnswer | undefined {
  return status === 503 ? { status, retryAfterMs, shouldRetry: undefined } : undefined;
}
