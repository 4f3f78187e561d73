/** The plugin that is measured: each hook does what a plugin of its kind does, in few words. It runs in the guest and, for comparison, right here. */
import {
  allow,
  annotate,
  definePlugin,
  drop,
  hash01,
  keep,
  mapTexts,
  sumGroups,
  table,
} from '../../../core/plugin-api/index.ts';

const EMAIL = /[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}/gi;

export const plugin = definePlugin<{ tools: readonly (readonly [string, number])[] }>({
  access: () => allow(),
  tailSample: (trace) =>
    trace.spans.some((span) => span.hasError) || hash01(trace.id) < 0.1
      ? keep('kept')
      : drop('not in the sample'),
  processTrace(trace) {
    const failed = trace.spans.find((span) => span.hasError);
    return failed && annotate(trace.id, failed.id, { badge: 'failed', text: 'It failed.' });
  },
  enrich: (span) => ({ 'bench.share': (span.selfMs ?? 0) / Math.max(1, span.durationMs ?? 1) }),
  redact: (record) => mapTexts(record, (text) => text.replace(EMAIL, '[e-mail]')),
  analyses: {
    tools: {
      map: (trace) =>
        trace.spans
          .filter((span) => span.kind === 'function')
          .map((span) => [span.name, span.durationMs ?? 0] as const),
      reduce: (parts) =>
        table(
          [{ key: 'tool', type: 'text' }],
          [
            ...sumGroups(
              parts.flat(),
              (each) => each[0],
              (each) => each[1],
            ),
          ],
        ),
    },
  },
});
