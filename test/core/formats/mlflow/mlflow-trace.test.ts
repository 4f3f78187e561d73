/** MLflow's traces, in the forms that `test/formats-made` has the real one write. */
import { describe, expect, it } from 'vitest';
import { readHead } from '../../../../core/formats/foreign/file-head.ts';
import { mlflowTrace } from '../../../../core/formats/mlflow/mlflow-trace.ts';
import type { Json, JsonObject } from '../../../../core/model/json.ts';
import { readForeign, spanIdsOf } from '../foreign/read-foreign.ts';

const HEX = '588759399c9c7126dbad616069650948';
const ATTRIBUTES = {
  'mlflow.traceRequestId': `"tr-${HEX}"`,
  'mlflow.spanType': '"TOOL"',
  'mlflow.spanFunctionName': '"look"',
  'mlflow.spanInputs': '{"q": "how"}',
  'mlflow.spanOutputs': '"fine"',
  level: '20',
};
/** Nanoseconds that no double holds. */
const TIMES = '"start_time_unix_nano": 1795382745794197563, "end_time_unix_nano": 1795382745799850937';
const write = (value: Json): string => JSON.stringify(value);
const rest = write({ name: 'look_2', attributes: ATTRIBUTES, events: [] }).slice(1, -1);

const SPANS = {
  'version 2': `{"context": {"trace_id": "${HEX}", "span_id": "519812205c69262c"}, "parent_id": "0c819fe049a53afa",
    "start_time": 1795382745794197563, "end_time": 1795382745799850937, "status_code": "ERROR", "status_message": "no", ${rest}}`,
  'version 3': `{"trace_id": "WIdZOZyccSbbrWFgaWUJSA==", "span_id": "UZgSIFxpJiw=", "parent_span_id": "DIGf4EmlOvo=",
    ${TIMES}, "status": {"code": "STATUS_CODE_ERROR", "message": "no"}, ${rest}}`,
  'that of 3.5': `{"trace_id": "tr-${HEX}", "span_id": "519812205c69262c", "parent_span_id": "0c819fe049a53afa",
    ${TIMES}, "status": {"code": "ERROR", "message": "no"}, ${rest}}`,
};
const INFO: JsonObject = {
  trace_id: `tr-${HEX}`,
  tags: { 'mlflow.traceName': 'Desk', room: 'a' },
  trace_metadata: { 'mlflow.trace.session': 's-1', 'mlflow.trace.user': 'u-1', 'mlflow.user': 'root' },
};
const trace = (span: string, info: JsonObject = INFO): string =>
  `{"info": ${write(info)}, "data": {"spans": [${span}]}}\n`;
const sniff = (text: string): number => mlflowTrace.sniff(readHead(new TextEncoder().encode(text)));

describe('MLflow', () => {
  it.each(Object.entries(SPANS))('writes its spans in %s', (_, span) => {
    expect(sniff(trace(span))).toBe(1);
    const { items, unread } = readForeign(mlflowTrace, trace(span));
    expect(items[0]).toMatchObject({
      id: '519812205c69262c',
      trace_id: HEX,
      parent_id: '0c819fe049a53afa',
      started_at: '2026-11-22T21:25:45.794197Z',
      // The number of a second call is no part of a tool's name.
      span_data: { type: 'function', name: 'look', input: '{"q": "how"}', output: 'fine' },
      error: { message: 'no' },
      origin: { rest_ns: [563, 937], attributes: { 'mlflow.spanType': 'TOOL', level: 20 } },
    });
    expect(items[1]).toMatchObject({
      workflow_name: 'Desk',
      group_id: 's-1',
      metadata: { room: 'a', user_id: 'u-1', mlflow_trace_id: `tr-${HEX}` },
    });
    expect(unread).toEqual(['level']);
  });

  it('may have what it says of the trace behind its spans, and no spans at all', () => {
    const late = `{"data": {"spans": [${SPANS['version 3']}]}, "info": ${write(INFO)}}`;
    expect(readForeign(mlflowTrace, late).items[1]).toMatchObject({ id: HEX, workflow_name: 'Desk' });
    const bare = `{"info": ${write(INFO)}, "data": {"spans": []}}`;
    expect(sniff(bare)).toBe(0.9);
    expect(readForeign(mlflowTrace, bare).items).toMatchObject([{ id: HEX, workflow_name: 'Desk' }]);
  });

  it('gives lines, lists and pages, of which each trace keeps what is said of it', () => {
    const other = { ...INFO, tags: { 'mlflow.traceName': 'Other' } };
    const two = SPANS['version 3'].replaceAll('WIdZOZyccSbbrWFgaWUJSA==', 'AAdZOZyccSbbrWFgaWUJSA==');
    const [a, b] = [trace(SPANS['version 3']), trace(two, other)];
    for (const text of [`${a}${b}`, `[${a},${b}]`, `{"traces": [${a},${b}], "next_page_token": null}`]) {
      const names = readForeign(mlflowTrace, text, 100).items.map((item) => item['workflow_name']);
      expect(names.filter((name) => name !== undefined)).toEqual(['Desk', 'Other']);
    }
  });

  it('keeps spans behind damage', () => {
    const text = `{"info": ${write(INFO)}, "data": {"spans": [{"broken": , ${SPANS['version 3']}]}}`;
    expect(spanIdsOf(readForeign(mlflowTrace, text))).toEqual(['519812205c69262c']);
  });
});
