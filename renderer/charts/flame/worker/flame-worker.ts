/** The flame worker: lays out and paints, so that the page's own thread stays free whatever the trace's size. */
import { CanvasPainter } from '../canvas-painter.ts';
import { FlameDesk } from './flame-desk.ts';
import type { FontSource } from './font-sources.ts';
import type { ToFlame } from './messages.ts';

/** What of a worker's world is used here; the page's types know only windows. */
interface WorkerWorld {
  postMessage(message: unknown, transfer: Transferable[]): void;
  requestAnimationFrame(paint: () => void): number;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToFlame>) => void): void;
  readonly fonts?: FontFaceSet;
}
const world = globalThis as unknown as WorkerWorld;

/** How often typefaces arrived: a painter that comes later must ask for them by the name that found them. */
let arrivals = 0;

const desk = new FlameDesk({
  answer: (message, transfer) => {
    world.postMessage(message, transfer);
  },
  makePainter: ({ minimap, axis, rows }) =>
    new CanvasPainter({ minimap, axis, rows, minimapCache: new OffscreenCanvas(1, 1) }, arrivals),
  onFrame: (paint) => {
    world.requestAnimationFrame(paint);
  },
});

const knownFonts = new Set<string>();

/** A face is fetched when the first label needs it; then the picture is drawn anew. */
function addFonts(sources: readonly FontSource[]): void {
  for (const { family, src, weight, unicodeRange } of sources) {
    const key = `${family} ${src}`;
    if (world.fonts === undefined || knownFonts.has(key)) continue;
    knownFonts.add(key);
    world.fonts.add(new FontFace(family, src, { weight, unicodeRange }));
  }
}

world.fonts?.addEventListener('loadingdone', () => {
  arrivals++;
  desk.painter?.renewFonts();
  desk.repaint();
});

world.addEventListener('message', ({ data }) => {
  try {
    if (data.kind === 'palette') addFonts(data.fonts);
    desk.take(data);
  } catch (error) {
    if (!('id' in data)) throw error;
    world.postMessage({ kind: 'failed', id: data.id, message: String(error) }, []);
  }
});
