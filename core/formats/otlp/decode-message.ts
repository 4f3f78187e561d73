/** Decodes a protobuf message of OTLP to the JSON that OTLP/JSON would be. */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import type { Json, JsonObject } from '../../model/json.ts';
import { base64Of, hexOf } from './bytes-as-text.ts';
import {
  fieldsOf,
  isMessageName,
  type FieldType,
  type MessageField,
  type MessageName,
} from './otlp-messages.ts';

/** Values nest by attributes of attributes; nobody nests deeper. */
const MAX_NESTING = 100;
/** A message of two bytes takes a hundred when it is decoded; an exporter's batch holds far fewer. */
const MAX_MESSAGES = 2_000_000;

/** The message; undefined where the bytes are none. */
export function decodeMessage(bytes: Uint8Array, message: MessageName): JsonObject | undefined {
  const decoder: Decoder = { reader: new BinaryReader(bytes), messages: 0 };
  try {
    return read(decoder, bytes.length, message, 0);
  } catch {
    // The runtime throws plain errors (RangeError, Error) on every kind of damage, and nothing else can fail here.
    return undefined;
  }
}

interface Decoder {
  readonly reader: BinaryReader;
  messages: number;
}

function read(decoder: Decoder, end: number, message: MessageName, depth: number): JsonObject {
  if (depth > MAX_NESTING) throw new RangeError('the message nests too deep');
  if (++decoder.messages > MAX_MESSAGES) throw new RangeError('the message holds too many others');
  const { reader } = decoder;
  const fields = fieldsOf(message);
  const object: Record<string, Json> = {};
  const lists = new Map<string, Json[]>();
  while (reader.pos < end) {
    const [number, wireType] = reader.tag();
    const field = fields.get(number);
    if (field === undefined || wireType !== wireTypeOf(field.type)) {
      reader.skip(wireType, number);
      continue;
    }
    const value = readValue(decoder, field, end, depth);
    if (!field.repeated) object[field.name] = value;
    else listOf(lists, object, field.name).push(value);
  }
  if (reader.pos > end) throw new RangeError('the message ends inside a field');
  return object;
}

function listOf(lists: Map<string, Json[]>, object: Record<string, Json>, name: string): Json[] {
  const known = lists.get(name);
  if (known !== undefined) return known;
  const list: Json[] = [];
  lists.set(name, list);
  object[name] = list;
  return list;
}

function readValue(decoder: Decoder, { type }: MessageField, end: number, depth: number): Json {
  const { reader } = decoder;
  if (isMessageName(type)) {
    const length = reader.uint32();
    const inner = reader.pos + length;
    if (inner > end) throw new RangeError('a message reaches past its parent');
    return read(decoder, inner, type, depth + 1);
  }
  switch (type) {
    case 'string':
      return reader.string();
    case 'hex':
      return hexOf(reader.bytes());
    case 'base64':
      return base64Of(reader.bytes());
    case 'fixed64':
      return String(reader.fixed64());
    case 'int64':
      return String(reader.int64());
    case 'uint32':
      return reader.uint32();
    case 'fixed32':
      return reader.fixed32();
    case 'bool':
      return reader.bool();
    case 'double':
      return finite(reader.double());
  }
}

/** JSON has no word for the others; proto's own JSON writes them as text. */
function finite(value: number): Json {
  return Number.isFinite(value) ? value : String(value);
}

function wireTypeOf(type: FieldType): WireType {
  switch (type) {
    case 'fixed64':
    case 'double':
      return WireType.Bit64;
    case 'fixed32':
      return WireType.Bit32;
    case 'int64':
    case 'uint32':
    case 'bool':
      return WireType.Varint;
    default:
      return WireType.LengthDelimited;
  }
}
