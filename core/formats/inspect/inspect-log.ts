/**
 * Inspect's evaluation logs as JSON: each sample is a trace, the run is their group. What the whole evaluation says
 * (task, model, configuration) is kept with each of its traces.
 */
import type { FileHead } from '../foreign/file-head.ts';
import { ElementReader, type ElementHandler } from '../foreign/element-reader.ts';
import type { ForeignFormat, ForeignSink, Place } from '../foreign/foreign-format.ts';
import {
  isJsonList,
  isJsonObject,
  objectAt,
  ownAt,
  stringAt,
  type Json,
  type JsonObject,
} from '../../model/json.ts';
import { some } from '../genai/some.ts';
import { without } from '../genai/without.ts';
import { textKey } from '../foreign/text-key.ts';
import { expandAttachments } from './attachments.ts';
import { INSPECT, readSampleSpans } from './read-sample.ts';

export const inspectLog: ForeignFormat = {
  name: INSPECT,
  label: 'Inspect log',
  source: INSPECT,
  sniff: ({ fields, text }: FileHead) => {
    if (fields.has('eval.task') && (fields.has('eval.run_id') || fields.has('eval.eval_id'))) return 1;
    return /"(span_begin|sample_init)"/.test(text) ? 0.6 : 0;
  },
  open: (sink) => new ElementReader(sink, new InspectSamples(sink), { paths: ['samples'] }),
};

class InspectSamples implements ElementHandler {
  readonly #sink: ForeignSink;
  #evaluation: JsonObject = {};
  #status: string | undefined;

  constructor(sink: ForeignSink) {
    this.#sink = sink;
  }

  value(path: string, value: Json, { line }: Place): void {
    if (path === 'samples') this.#sample(value, line === undefined ? {} : { line });
    else if (path === 'eval' && isJsonObject(value)) this.#evaluation = value;
    else if (path === 'status' && typeof value === 'string') this.#status = value;
  }

  fragment(value: Json, { line }: Place): boolean {
    const isSample =
      isJsonObject(value) && isJsonList(ownAt(value, 'events')) && ownAt(value, 'epoch') !== undefined;
    if (isSample) this.#sample(value, line === undefined ? {} : { line });
    return isSample;
  }

  #sample(raw: Json, place: Place): void {
    if (!isJsonObject(raw)) {
      this.#sink.skip('not-an-object', place);
      return;
    }
    const id = this.#idOf(raw);
    const whole = expandAttachments(ownAt(raw, 'events') ?? [], objectAt(raw, 'attachments') ?? {});
    readSampleSpans(isJsonList(whole) ? whole : [], id, {
      item: (item) => {
        this.#sink.item(item, place);
      },
      note: (code) => {
        this.#sink.note(code, place);
      },
      skip: (code) => {
        this.#sink.skip(code, place);
      },
    });
    this.#sink.item(this.#makeTrace(id, without(raw, 'attachments', 'events')), place);
  }

  /** Older logs give a sample no id of its own: then run, sample and epoch are it. */
  #idOf(raw: JsonObject): string {
    const own = stringAt(raw, 'uuid');
    if (own !== undefined && own !== '') return own;
    const parts = [this.#evaluation['eval_id'], this.#evaluation['run_id'], raw['id'], raw['epoch']];
    return `inspect-${textKey(JSON.stringify(parts.map((part) => part ?? null)))}`;
  }

  #makeTrace(id: string, sample: JsonObject): JsonObject {
    const run = stringAt(this.#evaluation, 'run_id');
    return {
      object: 'trace',
      id,
      workflow_name: stringAt(this.#evaluation, 'task') ?? null,
      group_id: run ?? null,
      metadata: some({
        sample: ownAt(sample, 'id'),
        epoch: ownAt(sample, 'epoch'),
        model: stringAt(this.#evaluation, 'model'),
        status: this.#status,
        target: ownAt(sample, 'target'),
        scores: ownAt(sample, 'scores') ?? undefined,
        error: ownAt(sample, 'error') ?? undefined,
      }),
      // The conversation stands in the events as well.
      origin: { format: INSPECT, eval: this.#evaluation, sample: without(sample, 'messages', 'output') },
    };
  }
}
