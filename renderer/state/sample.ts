/** The sample library: real runs of the SDK with a stub model (`npm run sample`), brought in like any file. */
import type { TraceSummary } from '../../core/model/trace-summary.ts';

/** Under this name its traces say where they came from. */
export const SAMPLE_ORIGIN = 'sample';

/** Reads the file that was built into the page. Rejects where the host cannot be reached. */
export async function readSample(): Promise<File> {
  const response = await fetch(new URL('../../resources/sample/sample.jsonl', import.meta.url));
  if (!response.ok) throw new Error(`The sample could not be read: ${String(response.status)}.`);
  return new File([await response.blob()], SAMPLE_ORIGIN);
}

/** How many traces of the sample are in the library. */
export function countSample(traces: readonly Pick<TraceSummary, 'origins'>[]): number {
  return traces.filter(({ origins }) => origins.includes(SAMPLE_ORIGIN)).length;
}
