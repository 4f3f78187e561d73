/** The sample library: real runs of the SDK with a stub model (`npm run sample`), brought in like any file. */
import { isJsonObject, objectAt, stringAt } from '../../core/model/json.ts';
import { SAMPLE_ORIGIN } from '../store/store-parts.ts';

/** Reads the file that was built into the page. Rejects where the host cannot be reached. */
export async function readSample(): Promise<File> {
  const response = await fetch(new URL('../../resources/sample/sample.jsonl', import.meta.url));
  if (!response.ok) throw new Error(`The sample could not be read: ${String(response.status)}.`);
  return new File([await response.blob()], SAMPLE_ORIGIN);
}

/** The ids of its traces. Rejects where the host cannot be reached. */
export async function readSampleIds(): Promise<readonly string[]> {
  const lines = (await (await readSample()).text()).split('\n').filter((line) => line !== '');
  const ids = lines.map((line) => {
    const event: unknown = JSON.parse(line);
    const item = isJsonObject(event) ? objectAt(event, 'item') : undefined;
    return item && (stringAt(item, 'trace_id') ?? stringAt(item, 'id'));
  });
  return [...new Set(ids)].filter((id) => id !== undefined);
}
