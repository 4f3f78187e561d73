/** A sampler: what is noise goes at once, everything else is decided when the trace has ended. */
import { defer, definePlugin, drop, hash01, keep } from 'tracebench/plugin';

export const plugin = definePlugin({
  headSample: (trace) => (trace.metadata.purpose === 'health check' ? drop('health check') : defer()),
  tailSample(trace, { settings }) {
    const percent = Number(settings.keepPercent);
    if (trace.errors > 0) return keep('has an error');
    if (trace.spans.some((span) => span.isTriggered)) return keep('a guardrail tripped');
    if (trace.durationMs > Number(settings.slowMs)) return keep(`slower than ${String(settings.slowMs)} ms`);
    // A hash of the id, not chance: a trace that is sent twice is decided once.
    return hash01(trace.id) * 100 < percent
      ? keep(`in the ${String(percent)} % sample`)
      : drop('not in the sample');
  },
});
