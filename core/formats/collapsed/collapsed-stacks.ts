/**
 * Collapsed stacks, as flame graph scripts write them: a line a stack, its frames from the outermost on joined by
 * semicolons, and how often it was seen. Lines are taken for samples one after the other; they count no time.
 */
import type { FileHead } from '../foreign/file-head.ts';
import type { ForeignFormat, ForeignReader, ForeignSink, Place } from '../foreign/foreign-format.ts';
import { addTimes, readRelativeUs, type FineTime } from '../genai/fine-time.ts';
import { MAX_RECORD_BYTES } from '../record-scanner.ts';
import { NamelessTrace } from '../profile/nameless-trace.ts';
import { SampleNester } from '../profile/nest-samples.ts';
import { SliceNester } from '../profile/nest-slices.ts';

const COLLAPSED = 'collapsed';
const LANE = '';
const MAX_STACK = 1000;
const ZERO: FineTime = { us: 0, restNs: 0 };
const STACK = /^(\S.*) (\d+(?:\.\d+)?)$/;
/** So much of what is looked at must be stacks: a damaged line or two is no other format. */
const SURE_SHARE = 0.9;

export const collapsedStacks: ForeignFormat = {
  name: COLLAPSED,
  label: 'collapsed stacks',
  source: COLLAPSED,
  sniff: ({ text }: FileHead) => {
    if (/^\s*[[{]/.test(text)) return 0;
    const lines = text.split('\n').map((line) => line.trimEnd());
    // The last one may go on behind the head.
    const whole = (lines.length > 1 ? lines.slice(0, -1) : lines).filter((line) => line !== '');
    const stacks = whole.filter((line) => STACK.test(line));
    if (!stacks.some((line) => line.includes(';'))) return 0;
    return stacks.length >= whole.length * SURE_SHARE ? 0.8 : 0;
  },
  open: (sink) => new CollapsedReader(sink),
};

class CollapsedReader implements ForeignReader {
  readonly #sink: ForeignSink;
  readonly #trace: NamelessTrace;
  readonly #nester: SliceNester;
  readonly #samples: SampleNester;
  readonly #decoder = new TextDecoder();
  #carry = '';
  #line = 0;
  #at = ZERO;
  #stacks = 0;
  #isStopped = false;

  constructor(sink: ForeignSink) {
    this.#sink = sink;
    this.#trace = new NamelessTrace(sink, COLLAPSED);
    this.#nester = new SliceNester({
      slice: (slice) => {
        this.#trace.add(slice, {});
      },
      note: (code, place) => {
        sink.note(code, place);
      },
      skip: (code, place) => {
        sink.skip(code, place);
      },
    });
    this.#samples = new SampleNester(this.#nester, LANE);
  }

  push(bytes: Uint8Array): void {
    this.#take(this.#decoder.decode(bytes, { stream: true }), false);
  }

  end(): void {
    this.#take(this.#decoder.decode(), true);
    if (this.#isStopped) return;
    this.#samples.end(this.#at);
    this.#nester.finish();
    if (this.#stacks > 0) this.#sink.note('no-time-unit', {});
    this.#trace.end(undefined, undefined, { profile: { stacks: this.#stacks } });
  }

  stop(): void {
    this.#isStopped = true;
  }

  #take(text: string, final: boolean): void {
    const lines = (this.#carry + text).split('\n');
    this.#carry = final ? '' : (lines.pop() ?? '');
    for (const line of lines) {
      if (this.#isStopped) return;
      this.#line++;
      this.#sample(line.trimEnd(), { line: this.#line });
    }
    if (this.#carry.length <= MAX_RECORD_BYTES) return;
    this.#sink.skip('record-too-large', { line: this.#line + 1 });
    this.#carry = '';
  }

  #sample(line: string, place: Place): void {
    if (line === '') return;
    const [, frames = '', count = ''] = STACK.exec(line) ?? [];
    const length = readRelativeUs(Number(count || Number.NaN));
    const names = frames.split(';');
    if (length === undefined || names.length > MAX_STACK) {
      this.#sink.skip(length === undefined ? 'broken-record' : 'too-deep', place);
      return;
    }
    this.#stacks++;
    const stack = names.map((name) => ({ key: name, name, data: {} }));
    this.#samples.sample(stack, this.#at, place);
    this.#at = addTimes(this.#at, length);
  }
}
