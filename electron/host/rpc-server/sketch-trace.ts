/** Answers with the first picture of a trace, where one is kept. */
import type { Json } from '../../../core/model/json.ts';
import { RpcError, type Reply } from '../../../core/rpc/connection.ts';
import type { Library } from '../library/library.ts';
import { readLimit, readString } from './read-params.ts';

/** CSS pixels; wider than any screen. */
const MAX_WIDTH = 20_000;

export function sketchTrace(library: Library, params: Json): Reply<'trace.sketch'> {
  const traceId = readString(params, 'traceId');
  const width = readLimit(params, 'width') ?? 0;
  if (width < 1 || width > MAX_WIDTH) throw new RpcError('bad-params', 'width must be that of a screen.');
  const summary = library.findSummary(traceId);
  const bytes = summary && library.drawings?.sketch(summary, width);
  if (summary === undefined || bytes === undefined) return { result: { opened: null } };
  return { result: { opened: { summary, clockOffsetUs: 0, diagnostics: [] } }, bytes };
}
