/** How long a passage took to bear an answer, in words: to its first token where the span says it. */
import type { PassageDetail } from '../../../core/analysis/handoff-details.ts';
import { numberAt, objectAt, type JsonObject } from '../../../core/model/json.ts';
import { formatDuration } from '../../format/duration.ts';

/** `record` is of the call that answered, undefined while it has not been read. Nothing where nothing is known. */
export function answerWords(detail: PassageDetail, record: JsonObject | undefined): readonly string[] {
  const data = record === undefined ? undefined : objectAt(record, 'span_data');
  const firstMs = data === undefined ? undefined : numberAt(data, 'time_to_first_token_ms');
  if (firstMs !== undefined && detail.waitUs >= 0) {
    return [`first token after ${formatDuration(detail.waitUs + firstMs * 1000)}`];
  }
  if (detail.answerUs >= 0) return [`first answer after ${formatDuration(detail.answerUs)}`];
  return detail.answeredBy >= 0 ? ['no answer yet'] : [];
}
