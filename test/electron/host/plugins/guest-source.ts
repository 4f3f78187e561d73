/** A plugin of a few words for tests of the engine: the body of its map, and what stands around it. */
import type { GuestSource } from '../../../../electron/host/plugins/thread-words.ts';

export function guestSource(mapBody: string, around = ''): GuestSource {
  const reduce = 'reduce: (parts) => ({ kind: "markdown", text: String(parts.length) })';
  return {
    fileName: 'plugin.ts',
    code: `${around}\nexports.default = { analyses: { a: { map(trace) {\n${mapBody}\n}, ${reduce} } } };`,
    config: JSON.stringify({
      id: 'local.test',
      readsLine: 7,
      reads: ['timing'],
      uses: [],
      hiddenSpanFields: { name: 'names' },
      hiddenTraceFields: { workflowName: 'names' },
    }),
  };
}

/** A call of its map with one bare trace. */
export const MAP_REQUEST =
  '{"analysis":"a","step":"map","settings":{},"input":{"id":"t","spans":[{"id":"s1","durationMs":4}]}}';
