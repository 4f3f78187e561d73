/** Asks the layout worker; where there is none, or it failed, the page lays the graph out itself. */
import { layoutGraph, type GraphLayout, type GraphShape } from '../handoffs/layout-graph.ts';

/** Lays a graph out, some time. */
export type LayOut = (shape: GraphShape) => Promise<GraphLayout>;

interface Waiting {
  readonly shape: GraphShape;
  readonly resolve: (layout: GraphLayout) => void;
}

/** The worker starts with the first graph. */
export function makeLayOut(): LayOut {
  if (typeof Worker === 'undefined') return (shape) => Promise.resolve(layoutGraph(shape));
  let line: LayoutLine | undefined;
  return (shape) => (line ??= new LayoutLine()).layOut(shape);
}

class LayoutLine {
  readonly #worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #hasFailed = false;

  constructor() {
    this.#worker.addEventListener(
      'message',
      ({ data }: MessageEvent<{ id: number; layout: GraphLayout }>) => {
        this.#waiting.get(data.id)?.resolve(data.layout);
        this.#waiting.delete(data.id);
      },
    );
    this.#worker.addEventListener('error', () => {
      this.#hasFailed = true;
      for (const { shape, resolve } of this.#waiting.values()) resolve(layoutGraph(shape));
      this.#waiting.clear();
    });
  }

  layOut(shape: GraphShape): Promise<GraphLayout> {
    if (this.#hasFailed) return Promise.resolve(layoutGraph(shape));
    return new Promise((resolve) => {
      const id = ++this.#lastId;
      this.#waiting.set(id, { shape, resolve });
      this.#worker.postMessage({ id, shape });
    });
  }
}
