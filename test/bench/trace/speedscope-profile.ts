/**
 * Spans as speedscope's own file: names and times, opened and closed. It draws one stack, so of two spans that ran
 * side by side the earlier one ends where the later begins; every span stays.
 */
export interface NamedSpan {
  readonly name: string;
  readonly startUs: number;
  readonly endUs: number;
}

const SCHEMA = 'https://www.speedscope.app/file-format-schema.json';

/** Yields the file in lines. */
export function* writeProfile(spans: readonly NamedSpan[]): Generator<string> {
  const frames = new Map<string, number>();
  for (const { name } of spans) if (!frames.has(name)) frames.set(name, frames.size);
  const order = spans.toSorted((a, b) => a.startUs - b.startUs || b.endUs - a.endUs);
  const zeroUs = order[0]?.startUs ?? 0;
  const lastUs = spans.reduce((last, { endUs }) => Math.max(last, endUs), zeroUs);
  const shared = JSON.stringify({ frames: [...frames.keys()].map((name) => ({ name })) });
  yield `{"$schema":${JSON.stringify(SCHEMA)},"shared":${shared},"profiles":[{"type":"evented",`;
  yield `"name":"trace","unit":"microseconds","startValue":0,"endValue":${String(lastUs - zeroUs)},"events":[`;
  let comma = '';
  for (const { isOpen, name, atUs } of nest(order)) {
    const frame = String(frames.get(name) ?? 0);
    yield `${comma}{"type":"${isOpen ? 'O' : 'C'}","frame":${frame},"at":${String(atUs - zeroUs)}}`;
    comma = ',';
  }
  yield ']}]}';
}

interface FrameEvent {
  readonly isOpen: boolean;
  readonly name: string;
  readonly atUs: number;
}

/** Opens and closes in order; whoever does not hold the next span ends where that begins. */
export function* nest(order: readonly NamedSpan[]): Generator<FrameEvent> {
  const stack: NamedSpan[] = [];
  for (const span of order) {
    for (let top = stack.at(-1); top !== undefined && top.endUs < span.endUs; top = stack.at(-1)) {
      yield { isOpen: false, name: top.name, atUs: Math.min(top.endUs, span.startUs) };
      stack.pop();
    }
    yield { isOpen: true, name: span.name, atUs: span.startUs };
    stack.push(span);
  }
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    yield { isOpen: false, name: top.name, atUs: top.endUs };
  }
}
