/** What spans say about the trace they belong to: its name, its group, who it was for. */
import type { Json, JsonObject } from '../../model/json.ts';
import type { AttributedSpan } from './attributed-span.ts';
import type { Attributes } from './attributes.ts';
import { readServiceName } from './service-name.ts';
import { some } from './some.ts';

export interface TraceFacts {
  /** A name that was given to the trace, not to a span of it. */
  readonly name: string | undefined;
  readonly group: string | undefined;
  /** Of the root span alone: what other spans say of themselves is not the trace's. */
  readonly metadata: JsonObject;
}

/** How Logfire words the root that it makes of an SDK's trace. */
const LOGFIRE_TRACE = 'OpenAI Agents trace: {name}';

const GROUPS = [
  'group_id',
  'gen_ai.conversation.id',
  'session.id',
  'langfuse.session.id',
  'ai.telemetry.metadata.sessionId',
  'mlflow.trace.session',
  'langsmith.metadata.session_id',
  'langsmith.metadata.thread_id',
  'langsmith.metadata.conversation_id',
  'traceloop.association.properties.session_id',
  'traceloop.association.properties.thread_id',
  'traceloop.association.properties.chat_id',
  'lmnr.association.properties.session_id',
  'gcp.vertex.agent.session_id',
] as const;

const USERS = [
  'user.id',
  'langfuse.user.id',
  'enduser.id',
  'gen_ai.user',
  'ai.telemetry.metadata.userId',
  'mlflow.trace.user',
] as const;

const TAGS = ['tag.tags', 'langfuse.trace.tags', 'logfire.tags', 'langsmith.span.tags'] as const;

const METADATA = [
  'metadata.',
  'langfuse.trace.metadata.',
  'ai.telemetry.metadata.',
  'langsmith.metadata.',
  'traceloop.association.properties.',
  'mlflow.traceTag.',
] as const;

export function readTraceFacts(attributes: Attributes, span: AttributedSpan): TraceFacts {
  const name =
    attributes.text('langfuse.trace.name', 'traceloop.workflow.name', 'gen_ai.workflow.name') ??
    (attributes.text('logfire.msg_template') === LOGFIRE_TRACE ? attributes.text('name') : undefined);
  const group = attributes.text(...GROUPS);
  const user = attributes.text(...USERS);
  const tags = attributes.json(...TAGS);
  const own = METADATA.flatMap((prefix) => attributes.below(prefix));
  const packed = attributes.object('metadata');
  if (span.parentId !== undefined) return { name, group, metadata: NOTHING };
  const metadata: JsonObject = {
    ...packed,
    ...Object.fromEntries(own.map(([key, value]): [string, Json] => [key, value])),
    ...some({ user_id: user, tags, service: readServiceName(span.resource) }),
  };
  return { name, group, metadata };
}

const NOTHING: JsonObject = {};
