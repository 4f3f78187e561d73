/** Ids in the form that OTLP has: 16 and 8 bytes in lower-case hex. */
import { textKey } from '../../formats/foreign/text-key.ts';

const TRACE = /^(?:trace_)?([0-9a-f]{32})$/;
const SPAN = /^[0-9a-f]{16}$/;

/** The same id gives the same one always; `made`: it is not the id itself, nor plain to see in it. */
export interface OtlpId {
  readonly id: string;
  readonly made: boolean;
}

export function writeTraceId(id: string): OtlpId {
  const plain = TRACE.exec(id)?.[1];
  return plain === undefined
    ? { id: textKey(id) + textKey(`${id}/2`), made: true }
    : { id: plain, made: false };
}

export function writeSpanId(id: string): OtlpId {
  return SPAN.test(id) ? { id, made: false } : { id: textKey(id), made: true };
}
