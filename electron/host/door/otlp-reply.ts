/** How an OpenTelemetry exporter is answered: in the encoding it spoke, and at length only where something is lost. */
import type { ServerResponse } from 'node:http';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Reject } from '../records/record-intake.ts';

export interface OtlpReply {
  readonly isProtobuf: boolean;
  /** Each signal has its own word for what was rejected. */
  readonly rejectedField: string;
  readonly rejects: readonly Reject[];
  readonly rejected: number;
}

export function replyOtlp(response: ServerResponse, reply: OtlpReply): void {
  const body = reply.isProtobuf ? writeProtobuf(reply) : Buffer.from(JSON.stringify(toJson(reply)));
  response.writeHead(200, {
    'content-type': reply.isProtobuf ? 'application/x-protobuf' : 'application/json',
    'content-length': body.length,
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}

function toJson({ rejected, rejectedField, rejects }: OtlpReply): unknown {
  if (rejected === 0) return {};
  return { partialSuccess: { [rejectedField]: rejected, errorMessage: reasons(rejects) } };
}

/** `partial_success` is field 1 of all three replies; in it 1 is the count and 2 the message. */
function writeProtobuf({ rejected, rejects }: OtlpReply): Uint8Array {
  const writer = new BinaryWriter();
  if (rejected > 0) {
    writer.tag(1, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.Varint).int64(rejected);
    writer.tag(2, WireType.LengthDelimited).string(reasons(rejects));
    writer.join();
  }
  return writer.finish();
}

/** Codes only: never a word of what was sent. */
function reasons(rejects: readonly Reject[]): string {
  return `Not kept: ${[...new Set(rejects.map(({ code }) => code))].join(', ')}.`;
}
