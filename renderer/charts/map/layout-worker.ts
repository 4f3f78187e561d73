/** Lays graphs out beside the page, which goes on meanwhile. */
import { layoutGraph, type GraphShape } from '../handoffs/layout-graph.ts';

addEventListener('message', ({ data }: MessageEvent<{ id: number; shape: GraphShape }>) => {
  postMessage({ id: data.id, layout: layoutGraph(data.shape) });
});
