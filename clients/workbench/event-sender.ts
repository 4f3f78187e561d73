/**
 * Sends live events to the workbench's door in batches. It never throws and never makes its caller wait; what
 * it holds is bounded; a workbench that isn't there costs the program nothing it can feel.
 */
import { AskedDoor } from './asked-door.ts';
import { writeEventLine } from './event-line.ts';
import { LineBuffer, type BufferLimits } from './line-buffer.ts';
import { warn } from './notice.ts';
import type { ClientPlatform } from './platform.ts';
import { isDelivered, isRetryable, MOST_ATTEMPTS, retryDelayMs } from './retry.ts';
import type { Spill } from './spill.ts';
import type { TraceEvent } from './trace-event.ts';
import { unreferenced } from './unreferenced.ts';

export interface EventSenderOptions {
  readonly platform: ClientPlatform;
  /** Base URL of the door. Default: `TRACEBENCH_URL`, else the running workbench, else `http://127.0.0.1:4318`. */
  readonly url?: string | undefined;
  /** Takes what cannot be delivered. Without it such events stay in the buffer, and are dropped when it is full. */
  readonly spill?: Spill | undefined;
  /** Milliseconds that a lone event waits for company. Default 200. */
  readonly delayMs?: number | undefined;
  /** The most that is held. Default 20,000 events and 32 Mi UTF-16 units. */
  readonly buffer?: BufferLimits | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** One plain line for the person, at most once for each kind of trouble. Default: `console.warn`. */
  readonly onNotice?: ((line: string) => void) | undefined;
  /** In [0, 1), for the jitter of retries. */
  readonly random?: (() => number) | undefined;
}

/** What became of the events so far. */
export interface SenderCounts {
  readonly sent: number;
  readonly spilled: number;
  readonly dropped: number;
  /** Still held: in the buffer or under way. */
  readonly waiting: number;
}

const BUFFER: BufferLimits = { lines: 20_000, text: 32 * 1024 * 1024 };
const BODY: BufferLimits = { lines: 1000, text: 4 * 1024 * 1024 };
/** So many waiting lines, or so much text, are sent at once. */
const HURRY: BufferLimits = { lines: 256, text: 1024 * 1024 };
/** While the workbench is away, it is asked for no more often than this. */
const AWAY_MS = 5000;

export class EventSender {
  readonly #options: EventSenderOptions;
  readonly #buffer: LineBuffer;
  readonly #door: AskedDoor;
  readonly #forgetExit: () => void;
  readonly #told = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #underWay: readonly string[] = [];
  #running: Promise<void> | undefined;
  #wake: (() => void) | undefined;
  #flushing = 0;
  /** Attempts in a row that failed. */
  #failures = 0;
  #closed = false;
  /** Less after a door said that a body was too large. */
  #bodyLines = BODY.lines;
  #sent = 0;
  #spilled = 0;
  #dropped = 0;

  constructor(options: EventSenderOptions) {
    this.#options = options;
    this.#buffer = new LineBuffer(options.buffer ?? BUFFER);
    this.#door = new AskedDoor(options.platform, options.url, options.headers);
    this.#forgetExit = options.platform.onExit({
      isPending: () => this.#waiting() > 0,
      flush: (withinMs) => this.forceFlush(withinMs),
      abandon: () => this.#abandon(),
    });
  }

  get counts(): SenderCounts {
    return { sent: this.#sent, spilled: this.#spilled, dropped: this.#dropped, waiting: this.#waiting() };
  }

  /** Takes one event. What it holds is read now: later changes of the item are not seen. */
  send(event: TraceEvent): void {
    if (this.#closed) return;
    const line = writeEventLine(event);
    if (this.#buffer.isFull(line)) this.#makeRoom();
    this.#buffer.add(line);
    const hurry = this.#buffer.length >= HURRY.lines || this.#buffer.text >= HURRY.text;
    if (hurry && this.#failures === 0) this.#start();
    else this.#schedule();
  }

  /**
   * Resolves when every event so far was answered 2xx, spilled or given up; true where all of them reached
   * the workbench. Never rejects, and takes no longer than `withinMs`.
   */
  async forceFlush(withinMs = 10_000): Promise<boolean> {
    const lost = this.#spilled + this.#dropped;
    const target = this.#done() + this.#waiting();
    // This timer alone holds the process: sockets and the other timers don't.
    let hold: ReturnType<typeof setTimeout> | undefined;
    const deadline = new Promise<void>((resolve) => (hold = setTimeout(resolve, withinMs)));
    this.#flushing++;
    this.#wake?.();
    try {
      await Promise.race([this.#drain(target), deadline]);
    } finally {
      this.#flushing--;
      clearTimeout(hold);
    }
    return this.#done() >= target && this.#spilled + this.#dropped === lost;
  }

  /** Flushes, spills what could not be delivered, and takes nothing more. */
  async shutdown(withinMs = 5000): Promise<void> {
    this.#closed = true;
    await this.forceFlush(withinMs);
    this.#abandon();
    this.#forgetExit();
  }

  async #drain(target: number): Promise<void> {
    while (this.#done() < target) {
      const failures = this.#failures;
      this.#start();
      await this.#running;
      if (this.#failures <= failures) continue;
      // Away. Where there is a spill, what still waits is safer there than here.
      if (this.#options.spill !== undefined) this.#spill(this.#buffer.take(), this.#silence());
      return;
    }
  }

  #waiting(): number {
    return this.#buffer.length + this.#underWay.length;
  }

  #done(): number {
    return this.#sent + this.#spilled + this.#dropped;
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#running !== undefined || this.#buffer.length === 0) return;
    const delayMs = this.#failures > 0 ? AWAY_MS : (this.#options.delayMs ?? 200);
    this.#timer = unreferenced(setTimeout(() => this.#start(), delayMs));
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (!this.#closed) this.#schedule();
    });
  }

  /** Posts until nothing waits or the workbench turns out to be away. Never rejects. */
  async #run(): Promise<void> {
    // The caller's own turn comes first: its next events join this body.
    await Promise.resolve();
    while (this.#buffer.length > 0) {
      this.#underWay = this.#buffer.take({ ...BODY, lines: this.#bodyLines });
      const goesOn = await this.#deliver(this.#underWay);
      if (!goesOn) return;
    }
  }

  /** False where the workbench is away, or the process has ended meanwhile. */
  async #deliver(lines: readonly string[]): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#door.post(`${lines.join('\n')}\n`);
      // The end of the process may have spilled them meanwhile.
      if (this.#lost(lines)) return false;
      if (isDelivered(answer)) return this.#delivered(lines);
      if (!isRetryable(answer)) return this.#refused(lines, answer?.status ?? 0);
      this.#failures++;
      if (attempt >= this.#attempts()) return this.#away(lines);
      await this.#sleep(retryDelayMs(attempt, answer, (this.#options.random ?? Math.random)()));
      if (this.#lost(lines)) return false;
    }
  }

  #lost(lines: readonly string[]): boolean {
    return this.#underWay !== lines;
  }

  /** All of the table, or one where there is a better place for the events than waiting. */
  #attempts(): number {
    const known = this.#failures > MOST_ATTEMPTS;
    const hasSpill = this.#options.spill !== undefined && this.#flushing > 0;
    return known || hasSpill ? 1 : MOST_ATTEMPTS;
  }

  #delivered(lines: readonly string[]): true {
    this.#underWay = [];
    this.#failures = 0;
    this.#sent += lines.length;
    return true;
  }

  /** The door will never take these: a body that is too large is halved, anything else is given up. */
  #refused(lines: readonly string[], status: number): true {
    this.#underWay = [];
    if (status === 413 && lines.length > 1) {
      const middle = Math.ceil(lines.length / 2);
      this.#buffer.putBack(lines);
      this.#bodyLines = middle;
      return true;
    }
    this.#dropped += lines.length;
    this.#tell(`the workbench refused tracing events (HTTP ${status}); ${lines.length} are lost.`);
    return true;
  }

  #away(lines: readonly string[]): false {
    this.#underWay = [];
    if (this.#options.spill === undefined) this.#buffer.putBack(lines);
    else this.#spill(lines, this.#silence());
    return false;
  }

  #silence(): string {
    return `does not answer at ${this.#door.address}`;
  }

  /** The oldest tenth goes: the newest are the ones somebody is looking at. */
  #makeRoom(): void {
    const lines = Math.ceil(this.#buffer.length / 10);
    this.#spill(this.#buffer.take({ lines, text: Infinity }), 'does not keep up');
  }

  #abandon(): void {
    const lines = [...this.#underWay, ...this.#buffer.take()];
    this.#underWay = [];
    this.#spill(lines, 'could not be reached before the end');
  }

  #spill(lines: readonly string[], why: string): void {
    if (lines.length === 0) return;
    const kept = this.#options.spill?.keep(lines) ?? false;
    if (kept) this.#spilled += lines.length;
    else this.#dropped += lines.length;
    if (kept) this.#tell(`the workbench ${why}; tracing events are kept in a file until it starts.`);
    else this.#tell(`the workbench ${why}; tracing events are lost. Start it, or turn its processor off.`);
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = unreferenced(setTimeout(resolve, ms));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Once for each text: a notice, not a stream. */
  #tell(line: string): void {
    if (this.#told.has(line)) return;
    this.#told.add(line);
    (this.#options.onNotice ?? warn)(`Tracebench: ${line}`);
  }
}
