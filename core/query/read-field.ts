/** The values of the fields of a trace, from its summary. */
import { assertNever } from '../model/assert.ts';
import { readBegunUs } from '../model/begun-us.ts';
import type { TraceSummary } from '../model/trace-summary.ts';
import { findUserId } from '../model/user-of.ts';
import type { FieldName } from './query-fields.ts';

const TEXT_FIELDS = [
  ...(['workflow', 'status', 'agent', 'model', 'source', 'format', 'group', 'id'] as const),
  ...(['tool', 'guardrail', 'tripped', 'kind', 'user'] as const),
] as const;
type TextField = (typeof TEXT_FIELDS)[number];

const NUMBER_FIELDS = [
  ...(['started', 'duration', 'errors', 'spans', 'depth', 'orphans', 'calls', 'tool_errors'] as const),
  ...(['handoffs', 'tokens', 'tokens.input', 'tokens.output', 'tokens.cached', 'tokens.reasoning'] as const),
] as const;
type NumberField = (typeof NUMBER_FIELDS)[number];

/** Whether `textsOf` tells its values. */
export function isTextField(field: FieldName): field is TextField {
  return TEXT_FIELDS.some((each) => each === field);
}

/** Whether `numberOf` tells its value. */
export function isNumberField(field: FieldName): field is NumberField {
  return NUMBER_FIELDS.some((each) => each === field);
}

/** The values of a field; a field of one value that is empty has none. */
export function textsOf(trace: TraceSummary, field: TextField): readonly string[] {
  switch (field) {
    case 'workflow':
      return [trace.workflowName];
    case 'status':
      return [trace.status];
    case 'agent':
      return trace.agents;
    case 'model':
      return trace.models;
    case 'source':
      return trace.origins;
    case 'format':
      return trace.sources;
    case 'group':
      return [trace.groupId ?? ''];
    case 'id':
      return [trace.id];
    case 'tool':
      return Object.keys(trace.tools);
    case 'guardrail':
      return Object.keys(trace.guardrails);
    case 'tripped':
      return Object.entries(trace.guardrails).flatMap(([name, { triggered }]) =>
        triggered > 0 ? [name] : [],
      );
    case 'kind':
      return Object.keys(trace.spansByKind);
    case 'user':
      return [findUserId(trace.metadata) ?? ''];
    default:
      return assertNever(field);
  }
}

/** NaN where it is unknown. Durations are microseconds. */
export function numberOf(trace: TraceSummary, field: NumberField): number {
  switch (field) {
    case 'started':
      return readBegunUs(trace);
    case 'duration':
      return trace.durationMs * 1000;
    case 'errors':
      return trace.errors;
    case 'spans':
      return trace.spans;
    case 'depth':
      return trace.depth;
    case 'orphans':
      return trace.orphans;
    case 'calls':
      return Object.values(trace.tools).reduce((sum, { calls }) => sum + calls, 0);
    case 'tool_errors':
      return Object.values(trace.tools).reduce((sum, { errors }) => sum + errors, 0);
    case 'handoffs':
      return trace.handoffs.length;
    case 'tokens':
      return trace.tokens.total ?? Number.NaN;
    case 'tokens.input':
      return trace.tokens.input ?? Number.NaN;
    case 'tokens.output':
      return trace.tokens.output ?? Number.NaN;
    case 'tokens.cached':
      return trace.tokens.cached ?? Number.NaN;
    case 'tokens.reasoning':
      return trace.tokens.reasoning ?? Number.NaN;
    default:
      return assertNever(field);
  }
}
