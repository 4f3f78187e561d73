/**
 * The few messages of OTLP's protobuf that carry traces and logs, as tables: field number to name and type.
 * They decode to what OTLP/JSON would say, so everything behind them reads one shape.
 */
export type FieldType =
  | 'string'
  /** Ids: bytes that JSON writes in hex. */
  | 'hex'
  | 'base64'
  | 'fixed64'
  | 'int64'
  | 'uint32'
  | 'fixed32'
  | 'bool'
  | 'double'
  | MessageName;

export type MessageName = keyof typeof FIELDS;

export interface MessageField {
  readonly name: string;
  readonly type: FieldType;
  readonly repeated: boolean;
}

const FIELDS = {
  ResourceSpans: ['1 resource Resource', '2 scopeSpans ScopeSpans[]', '3 schemaUrl string'],
  ScopeSpans: ['1 scope Scope', '2 spans Span[]', '3 schemaUrl string'],
  Resource: ['1 attributes KeyValue[]'],
  Scope: ['1 name string', '2 version string', '3 attributes KeyValue[]'],
  Span: [
    '1 traceId hex',
    '2 spanId hex',
    '3 traceState string',
    '4 parentSpanId hex',
    '5 name string',
    '6 kind uint32',
    '7 startTimeUnixNano fixed64',
    '8 endTimeUnixNano fixed64',
    '9 attributes KeyValue[]',
    '10 droppedAttributesCount uint32',
    '11 events Event[]',
    '12 droppedEventsCount uint32',
    '13 links Link[]',
    '14 droppedLinksCount uint32',
    '15 status Status',
    '16 flags fixed32',
  ],
  Event: ['1 timeUnixNano fixed64', '2 name string', '3 attributes KeyValue[]'],
  Link: [
    '1 traceId hex',
    '2 spanId hex',
    '3 traceState string',
    '4 attributes KeyValue[]',
    '6 flags fixed32',
  ],
  Status: ['2 message string', '3 code uint32'],
  KeyValue: ['1 key string', '2 value AnyValue'],
  AnyValue: [
    '1 stringValue string',
    '2 boolValue bool',
    '3 intValue int64',
    '4 doubleValue double',
    '5 arrayValue ArrayValue',
    '6 kvlistValue KeyValueList',
    '7 bytesValue base64',
  ],
  ArrayValue: ['1 values AnyValue[]'],
  KeyValueList: ['1 values KeyValue[]'],
  ResourceLogs: ['1 resource Resource', '2 scopeLogs ScopeLogs[]'],
  ScopeLogs: ['1 scope Scope', '2 logRecords LogRecord[]'],
  LogRecord: [
    '1 timeUnixNano fixed64',
    '5 body AnyValue',
    '6 attributes KeyValue[]',
    '9 traceId hex',
    '10 spanId hex',
    '11 observedTimeUnixNano fixed64',
    '12 eventName string',
  ],
} as const satisfies Record<string, readonly string[]>;

const SCALARS: ReadonlySet<string> = new Set([
  'string',
  'hex',
  'base64',
  'fixed64',
  'int64',
  'uint32',
  'fixed32',
  'bool',
  'double',
]);

function isFieldType(type: string): type is FieldType {
  return SCALARS.has(type) || isMessageName(type);
}

/** True for the name of a message, not of a scalar. */
export function isMessageName(type: string): type is MessageName {
  return Object.hasOwn(FIELDS, type);
}

const MESSAGES: ReadonlyMap<string, ReadonlyMap<number, MessageField>> = new Map(
  Object.entries(FIELDS).map(([message, lines]) => [message, readLines(lines)]),
);

function readLines(lines: readonly string[]): ReadonlyMap<number, MessageField> {
  return new Map(
    lines.map((line): [number, MessageField] => {
      const [number = '', name = '', spelled = ''] = line.split(' ');
      const type = spelled.replace('[]', '');
      if (!isFieldType(type)) throw new Error(`no such type: ${type}`);
      return [Number(number), { name, type, repeated: spelled.endsWith('[]') }];
    }),
  );
}

/** The fields of a message by their numbers. */
export function fieldsOf(message: MessageName): ReadonlyMap<number, MessageField> {
  return MESSAGES.get(message) ?? new Map<number, MessageField>();
}
