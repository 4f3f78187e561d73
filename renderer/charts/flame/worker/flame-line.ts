/**
 * The page's line to its flame worker: what is asked of it as promises. One trace is open at a time; the worker
 * has a copy of its columns, and the answers are arrays that it gave away.
 */
import type { DurationUs } from '../../../../core/model/time.ts';
import type { PathOfTrace } from '../critical-path.ts';
import type { DerivedTrace } from '../model.ts';
import type { FlamePicture, PictureSettings, PictureTimes } from '../picture.ts';
import type { QuestionName, QuestionOf, TraceAnswers } from '../trace-answers.ts';
import type { FromFlame, ToFlame } from './messages.ts';

/** The worker, or what stands for it in a test. */
export interface FlamePort {
  send(message: ToFlame, transfer?: Transferable[]): void;
  onMessage(listener: (message: FromFlame) => void): void;
  /** Told when the worker cannot go on. */
  onFailure(listener: (reason: string) => void): void;
}

interface Waiting {
  readonly resolve: (message: FromFlame) => void;
  readonly reject: (error: Error) => void;
}

export class FlameLine {
  readonly #port: FlamePort;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #epoch = 0;

  constructor(port: FlamePort) {
    this.#port = port;
    port.onMessage((message) => {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.kind === 'failed') waiting?.reject(new Error(message.message));
      else waiting?.resolve(message);
    });
    port.onFailure((reason) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(reason));
      this.#waiting.clear();
    });
  }

  /** Counts the opened traces. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Gives the bytes away. */
  async open(bytes: Uint8Array): Promise<DerivedTrace> {
    const epoch = ++this.#epoch;
    const transfer = bytes.buffer instanceof ArrayBuffer ? [bytes.buffer] : [];
    return derivedOf(await this.#ask((id) => ({ kind: 'open', id, epoch, bytes }), transfer));
  }

  /** Shows the first picture of a trace; resolves when it was painted. */
  async sketch(bytes: Uint8Array): Promise<void> {
    const epoch = ++this.#epoch;
    await this.#ask((id) => ({ kind: 'sketch', id, epoch, bytes }));
  }

  /** The same changes are to be laid over the page's own table once this has answered. */
  async change(changes: readonly Uint8Array[]): Promise<DerivedTrace> {
    return derivedOf(await this.#ask((id) => ({ kind: 'change', id, changes })));
  }

  async picture(settings: PictureSettings, { now, measure }: PictureTimes): Promise<FlamePicture> {
    const answer = await this.#ask((id) => ({ kind: 'picture', id, settings, now, measure }));
    if (answer.kind !== 'picture') throw new Error(`answered by ${answer.kind}`);
    return answer.picture;
  }

  async criticalPath(now: DurationUs): Promise<PathOfTrace> {
    const answer = await this.#ask((id) => ({ kind: 'critical-path', id, now }));
    if (answer.kind !== 'critical-path') throw new Error(`answered by ${answer.kind}`);
    return answer.answer;
  }

  /** What `answerQuestion` says of the trace that the worker holds. */
  async read<Name extends QuestionName>(question: QuestionOf<Name>): Promise<TraceAnswers[Name]> {
    const answer = await this.#ask((id) => ({ kind: 'question', id, question }));
    if (answer.kind !== 'answer') throw new Error(`answered by ${answer.kind}`);
    return answer.answer as TraceAnswers[Name];
  }

  tell(message: Exclude<ToFlame, { readonly id: number }>, transfer: Transferable[] = []): void {
    this.#port.send(message, transfer);
  }

  #ask(message: (id: number) => ToFlame, transfer: Transferable[] = []): Promise<FromFlame> {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      this.#waiting.set(id, { resolve, reject });
      this.#port.send(message(id), transfer);
    });
  }
}

function derivedOf(message: FromFlame): DerivedTrace {
  if (message.kind !== 'derived') throw new Error(`answered by ${message.kind}`);
  return message.derived;
}

/** Starts the worker; undefined where a canvas cannot be given to one, and all is done on the page's thread. */
export function startFlameWorker(): FlameLine | undefined {
  const able =
    typeof Worker !== 'undefined' &&
    typeof OffscreenCanvas !== 'undefined' &&
    'transferControlToOffscreen' in HTMLCanvasElement.prototype;
  if (!able) return undefined;
  const worker = new Worker(new URL('./flame-worker.ts', import.meta.url), { type: 'module' });
  return new FlameLine({
    send: (message, transfer = []) => {
      worker.postMessage(message, transfer);
    },
    onMessage: (listener) => {
      worker.addEventListener('message', ({ data }: MessageEvent<FromFlame>) => {
        listener(data);
      });
    },
    onFailure: (listener) => {
      worker.addEventListener('error', ({ message }) => {
        listener(message);
      });
    },
  });
}
